import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate('axe.run()');
  return (results as AxeResults).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is in the way of anybody, ${colorScheme}`, async ({ visitor }) => {
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.connects();
    await visitor.presses('broadcast');
    await visitor.subscribes('not a topic');
    await expect(visitor.events('error')).toHaveCount(1);
    await expect(visitor.events('open')).toHaveCount(2);
    await visitor.isConnected();

    expect(await violations(visitor.page)).toEqual([]);
  });
}

test('the page fits a phone', async ({ visitor, server }) => {
  await visitor.page.setViewportSize({ width: 360, height: 740 });
  await visitor.connects();
  await server.post('/broadcast', 'x'.repeat(400));
  await expect(visitor.received('xxx')).toHaveCount(1);

  const { wanted, given } = await visitor.page.evaluate(() => ({
    wanted: document.documentElement.scrollWidth,
    given: document.documentElement.clientWidth,
  }));

  expect(wanted).toBeLessThanOrEqual(given);
  expect(await violations(visitor.page)).toEqual([]);
});

test('connecting moves nothing on the page', async ({ visitor }) => {
  await visitor.page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        document.documentElement.dataset['shift'] = String(
          Number(document.documentElement.dataset['shift'] ?? 0) + shift.value,
        );
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await visitor.connects();

  expect(Number((await visitor.page.locator('html').getAttribute('data-shift')) ?? 0)).toBeLessThan(0.02);
});

test('the keyboard alone is enough', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.connects();
  const tabTo = async (name: string) => {
    const target = page.getByTestId(name);
    await expect(async () => {
      await page.keyboard.press('Tab');
      expect(await target.evaluate((element) => element === document.activeElement)).toBe(true);
    }).toPass({ intervals: [0] });
  };

  await tabTo('message-text');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(visitor.received('Hello, client!')).toHaveCount(1);
  await tabTo('broadcast');
  await page.keyboard.press('Enter');
  await expect(visitor.received('By keyboard')).toHaveCount(1);
  await tabTo('subscribe-topic');
  await page.keyboard.press('Enter');
  await visitor.isSubscribed('/topic/scores');
  await tabTo('toggle');
  await page.keyboard.press('Space');
  await expect(visitor.state).toHaveText('Disconnected');
  await page.keyboard.press('Space');
  await visitor.isConnected();
});

test('the page runs under its own policy without a complaint', async ({ visitor }) => {
  const complaints: string[] = [];
  visitor.page.on('console', (message) => complaints.push(message.text()));
  visitor.page.on('pageerror', (error) => complaints.push(error.message));

  await visitor.connects();
  await visitor.presses('broadcast');
  await expect(visitor.received('Hello, clients!')).toHaveCount(1);

  expect(complaints).toEqual([]);
});

test.describe('a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('is spoken to in Chinese, until its user chooses otherwise', async ({ visitor }) => {
    const { page } = visitor;
    await visitor.visits();
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(visitor.state).toHaveText('已连接');
    await expect(visitor.subscription('/topic/broadcast')).toContainText('已订阅');
    await page.getByRole('button', { name: '广播给所有人' }).click();
    await expect(visitor.received('Hello, clients!')).toContainText('收到');

    await page.getByRole('link', { name: 'English' }).click();
    await expect(visitor.state).toHaveText('Connected');
    await visitor.connects();
  });
});
