import {
  asOnAPhone,
  expectAccessible,
  expectNoSidewaysScrolling,
  tabTo,
  watchComplaints,
  watchLayout,
} from './comfort.ts';
import { expect, test } from './visitor.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing is in the way of anybody, ${colorScheme}`, async ({ visitor }) => {
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.connects();
    await visitor.presses('broadcast');
    await visitor.subscribes('not a topic');
    await expect(visitor.events('error')).toHaveCount(1);
    await expect(visitor.events('open')).toHaveCount(2);
    await visitor.isConnected();

    await expectAccessible(visitor.page);
  });
}

test('the page fits a phone', async ({ visitor, server }) => {
  await asOnAPhone(visitor.page);
  await visitor.connects();
  await server.post('/broadcast', 'x'.repeat(400));
  await expect(visitor.received('xxx')).toHaveCount(1);

  await expectNoSidewaysScrolling(visitor.page);
  await expectAccessible(visitor.page);
});

test('connecting moves nothing on the page', async ({ visitor }) => {
  const expectStill = await watchLayout(visitor.page);
  await visitor.connects();

  await expectStill();
});

test('the keyboard alone is enough', async ({ visitor }) => {
  const { page } = visitor;
  await visitor.connects();
  await tabTo(page, 'message-text');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(visitor.received('Hello, client!')).toHaveCount(1);
  await tabTo(page, 'broadcast');
  await page.keyboard.press('Enter');
  await expect(visitor.received('By keyboard')).toHaveCount(1);
  await tabTo(page, 'subscribe-topic');
  await page.keyboard.press('Enter');
  await visitor.isSubscribed('/topic/scores');
  await tabTo(page, 'toggle');
  await page.keyboard.press('Space');
  await expect(visitor.state).toHaveText('Disconnected');
  await page.keyboard.press('Space');
  await visitor.isConnected();
});

test('the page runs under its own policy without a complaint', async ({ visitor }) => {
  const complaints = watchComplaints(visitor.page);

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
