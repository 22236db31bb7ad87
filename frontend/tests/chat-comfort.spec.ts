import { fileURLToPath } from 'node:url';
import { type Chatter, expect, fill, test, UNHURRIED } from './chatter.ts';
import { expectAccessible, expectNoSidewaysScrolling, tabTo, watchComplaints, watchLayout } from './comfort.ts';

test.use({ settings: UNHURRIED });

/** A conversation worth a picture: three people, everything a message can have, somebody typing. */
async function talk(ada: Chatter, bob: Chatter, room: string): Promise<void> {
  await fill(ada.server, room, ['Is it true that nothing is lost when the server is **killed**?'], 'Grace');
  await bob.enters(room);
  await ada.enters(room);
  await bob.says('Try it:\n> `kill -9`, then start it again', 'I did, teh messages were all there');
  await ada.says('It says *stored* when the disk has it: https://example.org/docs');
  await expect(bob.messages).toHaveCount(4);
  await bob.message('I did').locator('[data-act=edit]').click();
  await bob.says('I did, the messages were all there');
  await expect(ada.message('the messages')).toContainText('edited');
  await bob.page.getByTestId('text').pressSequentially('And');
  await expect(ada.page.getByTestId('typing')).toHaveText(/Bob/);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, width, height, place] of [
    ['desktop', 1280, 900, 'harbour'],
    ['phone', 390, 844, 'garden'],
  ] as const) {
    test(`the chat is in nobody's way, ${colorScheme}, ${device}`, async ({ chatter }) => {
      const ada = await chatter('Ada');
      await ada.page.setViewportSize({ width, height });
      await ada.page.emulateMedia({ colorScheme });
      const complaints = watchComplaints(ada.page);
      const expectStillness = await watchLayout(ada.page);
      await talk(ada, await chatter('Bob'), colorScheme === 'light' ? place : `${place}-by-night`);

      if (device === 'phone') {
        await ada.page.getByTestId('rooms-toggle').click();
        await expect(ada.page.getByTestId('rooms').getByRole('link', { name: 'lobby' })).toBeVisible();
        await expectAccessible(ada.page);
        await ada.page.getByTestId('rooms-toggle').click();
      }
      await expectAccessible(ada.page);
      await expectNoSidewaysScrolling(ada.page);
      await expectStillness();
      expect(complaints).toEqual([]);
      await picture(ada, `chat-${colorScheme}-${device}`);
    });
  }
}

test('the keyboard alone is enough', async ({ chatter, room }) => {
  const ada = await (await chatter('Ada')).enters(room);
  const { page } = ada;
  await page.reload();
  await expect(ada.timeline).toHaveAttribute('aria-busy', 'false');

  await tabTo(page, 'text');
  await page.keyboard.type('one line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('and another');
  await page.keyboard.press('Enter');
  await expect(ada.messages).toHaveCount(1);
  await expect(ada.messages.locator('br')).toHaveCount(1);
  await expect(ada.messages).toContainText('✓ stored');
  await expect(ada.page.locator('li.pending')).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.type(', changed');
  await page.keyboard.press('Enter');
  await expect(ada.messages).toContainText('changed');
  await ada.messages.locator('[data-act=delete]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(ada.messages).toContainText('Deleted by its author');
  await expect(ada.timeline).toBeFocused();
});

test.describe('a browser that prefers Chinese', () => {
  test.use({ locale: 'zh-CN', contextOptions: { locale: 'zh-CN' } });

  test('chats in Chinese', async ({ chatter, room }) => {
    const ada = await (await chatter('李雷')).enters(room);
    await ada.says('你好，**世界**');

    await expect(ada.messages.locator('.good')).toHaveText('✓ 已存储');
    await expect(ada.state).toHaveText('已连接');
    await expectAccessible(ada.page);
    await picture(ada, 'chat-zh');
  });
});

/** Keep a picture to be looked at; those of the documentation are renewed with UPDATE_DOCS=1. */
async function picture({ page }: Chatter, name: string): Promise<void> {
  const inDocs = ['chat-light-desktop', 'chat-dark-phone'].includes(name) && process.env['UPDATE_DOCS'] === '1';
  for (const folder of ['target', ...(inDocs ? ['docs/images'] : [])]) {
    const path = fileURLToPath(new URL(`../../${folder}/${name}.png`, import.meta.url));
    await page.screenshot({ path, animations: 'disabled' });
  }
}
