import { existsSync, readdirSync } from 'node:fs';
import {
  asOnAPhone,
  expectAccessible,
  expectNoSidewaysScrolling,
  tabTo,
  watchComplaints,
  watchLayout,
} from './comfort.ts';
import { expect, test } from './visitor.ts';

/** The pages that have the shell: all but the console, which has a connection and a log of its own. */
const PAGES = readdirSync(new URL('../src/', import.meta.url)).filter(
  (folder) => folder !== 'page' && existsSync(new URL(`../src/${folder}/main.ts`, import.meta.url)),
);

test('there are pages that have the shell', () => {
  expect(PAGES.length).toBeGreaterThan(0);
});

for (const name of PAGES) {
  test.describe(`/${name}`, () => {
    test('is in nobody’s way, and runs under its own policy', async ({ page, server }) => {
      const complaints = watchComplaints(page);
      const expectStill = await watchLayout(page);
      await page.goto(`${server.url}/${name}`);
      await expect(page.getByTestId('state')).toHaveText('Connected');
      await expect(page.getByTestId('latency')).toHaveText(/^\d+ ms$/);
      await expectStill();
      await page.getByTestId('frames-toggle').click();
      await expect(page.getByTestId('frames').locator('li[data-kind=open]')).toHaveCount(1);

      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
      }
      await asOnAPhone(page);
      await expectNoSidewaysScrolling(page);
      expect(complaints).toEqual([]);
    });

    test('shows how a connection that was cut comes back', async ({ page, server }) => {
      await page.goto(`${server.url}/${name}`);
      await expect(page.getByTestId('state')).toHaveText('Connected');
      const frames = page.getByTestId('frames');

      await tabTo(page, 'cut');
      await page.keyboard.press('Enter');

      await expect(frames).toContainText('You cut the connection.');
      await expect(frames.locator('li[data-kind=close]')).toHaveCount(2);
      await expect(frames.locator('li[data-kind=open]')).toHaveCount(2);
      await expect(page.getByTestId('state')).toHaveText('Connected');
      await tabTo(page, 'frames');
      await page.keyboard.press('Escape');
      await expect(frames).toBeHidden();
      await expect(page.getByTestId('frames-toggle')).toBeFocused();
    });

    test('speaks the chosen language, and a link to it chooses for nobody', async ({ page, server }) => {
      await page.goto(`${server.url}/${name}`);
      await page.getByRole('link', { name: '简体中文' }).click();

      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
      await expect(page.getByTestId('state')).toHaveText('已连接');
      await expect(page).toHaveURL(`${server.url}/${name}`);
      await expectAccessible(page);
    });
  });
}

test('the pages lead to each other', async ({ page, server }) => {
  await page.goto(server.url);
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await expect(links).toHaveText(['Console', 'Chat', 'Vote', 'Game']);
  await expect(links.first()).toHaveAttribute('aria-current', 'page');

  for (const name of PAGES) {
    await page.locator(`nav a[href$="/${name}"]`).click();
    await expect(page).toHaveURL(new RegExp(`/${name}$`));
    await expect(page.getByTestId('state')).toHaveText('Connected');
  }
});
