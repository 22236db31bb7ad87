import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { asOnAPhone, expectAccessible, expectNoSidewaysScrolling, watchComplaints, watchLayout } from './comfort.ts';
import { Contestant } from './contestant.ts';
import { expect, test } from './visitor.ts';

const quickly = ['countdown=1s', 'get-ready=700ms', 'reading=700ms', 'buzzing=60s', 'answering=60s', 'reveal=1500ms'];

test.use({ settings: quickly.map((setting) => `--fanfare.demo.game.${setting}`) });

/** Keep a picture to look at; docs/game.md shows some of them, which are replaced when asked for. */
async function photograph(page: Page, name: string): Promise<void> {
  const isShown = readFileSync(new URL('../../docs/game.md', import.meta.url), 'utf8').includes(`images/${name}.png`);
  const folders = ['target', ...(isShown && process.env['UPDATE_DOCS'] === '1' ? ['docs/images'] : [])];
  for (const folder of folders) {
    const path = fileURLToPath(new URL(`../../${folder}/${name}.png`, import.meta.url));
    await page.screenshot({ path, animations: 'disabled' });
  }
}

test('a private game is played from the link to the rematch, and all screens show the same', async ({
  browser,
  server,
}) => {
  const ada = await Contestant.comes(browser, server, { colorScheme: 'light' });
  const complaints = watchComplaints(ada.page);
  const code = await ada.creates('Ada');
  await expect(ada.page).toHaveURL(`${server.url}/game/${code}`);
  await expect(ada.page.getByTestId('start')).toBeDisabled();
  await expectAccessible(ada.page);
  const bob = await (await Contestant.comes(browser, server, { colorScheme: 'dark' })).visits(code);
  const watching = await Contestant.comes(browser, server, { locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  await watching.visits(code.toLowerCase());
  await bob.sits('ada').catch(() => undefined);
  await expect(bob.notice).toHaveText('Somebody in this game has that name. Choose another.');
  await bob.sits('Bob');
  await photograph(bob.page, 'game-lobby-dark');
  await expect(watching.page.getByTestId('role')).toHaveText('你正在观看。');

  await ada.presses('start');
  await ada.mayBuzz(1);
  await bob.mayBuzz(1);
  await bob.presses('buzzer');
  await bob.sees('Your turn: choose an answer');
  await ada.sees('Bob answers');
  await ada.presses('buzzer');
  await expect(watching.buzzes).toHaveText(['Bob', 'Ada']);
  await expect(watching.page.getByTestId('buzzer')).toBeDisabled();
  await expect(watching.page.getByTestId('phase')).toHaveText('Bob 正在作答');
  await photograph(ada.page, 'game');
  await photograph(watching.page, 'game-phone-zh');
  await expectAccessible(bob.page);
  await bob.choosesWrong();
  await ada.sees('Your turn: choose an answer');
  await photograph(bob.page, 'game-dark');
  await expectAccessible(bob.page);
  await ada.choosesRight();
  await expect(watching.page.getByTestId('phase')).toHaveText('答案揭晓');
  await expect(ada.line('Ada')).toContainText('+10');
  await expect(watching.line('Bob')).toContainText('−5');
  await expectAccessible(ada.page);
  for (let round = 2; round <= 5; round++) {
    await ada.mayBuzz(round);
    await ada.presses('buzzer');
    await ada.sees('Your turn: choose an answer');
    await ada.choosesRight();
    await ada.sees('The answer');
  }

  await ada.sees('Final scores');
  for (const screen of [ada, bob, watching]) {
    await expect(screen.page.getByTestId('scores').getByRole('listitem')).toHaveText([/Ada.*\+50/, /Bob.*−5/]);
  }
  await photograph(ada.page, 'game-over');
  await expectAccessible(ada.page);
  await bob.presses('again');
  await ada.mayBuzz(1);
  await expect(ada.page.getByTestId('scores').getByRole('listitem')).toHaveText([/Ada.*0/, /Bob.*0/]);
  expect(complaints).toEqual([]);
  await Promise.all([ada.goes(), bob.goes(), watching.goes()]);
});

test('a seat survives a connection that is cut and a server that is killed', async ({ browser, launch }) => {
  test.slow();
  const server = await launch(...quickly.map((setting) => `--fanfare.demo.game.${setting}`));
  const ada = await Contestant.comes(browser, server);
  const code = await ada.creates('Ada');
  const bob = await (await (await Contestant.comes(browser, server)).visits(code)).sits('Bob');
  await ada.presses('start');
  await ada.mayBuzz(1);
  await bob.presses('buzzer');
  await ada.sees('Bob answers');

  await bob.presses('cut');
  await expect(ada.line('Bob')).toContainText('away');
  await expect(ada.line('Bob')).not.toContainText('away');
  await bob.sees('Your turn: choose an answer');

  await server.kill();
  await expect(ada.page.getByTestId('state')).not.toHaveText('Connected');
  await server.start();
  for (const player of [ada, bob]) {
    await expect(player.page.getByTestId('state')).toHaveText('Connected');
    await expect(player.buzzes).toHaveText(['Bob']);
    await expect(player.page.getByTestId('scores').getByText('away')).toHaveCount(0);
  }
  await bob.choosesRight();
  await expect(ada.line('Bob')).toContainText('+10');

  // And a page that is loaded anew, or another one of the same browser, has the seat too.
  await bob.page.reload();
  await ada.mayBuzz(2);
  await expect(bob.line('Bob')).toContainText('you');
  await bob.presses('buzzer');
  await ada.sees('Bob answers');
  await Promise.all([ada.goes(), bob.goes()]);
});

test('whoever looks for a match is put together, and plays by the keyboard alone', async ({ browser, server }) => {
  const ada = await Contestant.comes(browser, server);
  const bob = await Contestant.comes(browser, server);
  for (const [player, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
  ] as const) {
    await player.page.goto(`${server.url}/game`);
    await player.page.getByTestId('name').fill(name);
    await player.page.keyboard.press('Tab');
    await player.page.keyboard.press('Enter');
    await expect(player.line(name)).toBeVisible();
  }

  await ada.mayBuzz(1);
  await ada.page.keyboard.press('Space');
  await ada.sees('Your turn: choose an answer');
  const right = await ada.answers(true);
  await ada.page.keyboard.press((await right.locator('kbd').textContent()) ?? '');

  await expect(right).toContainText('right');
  await expect(bob.line('Ada')).toContainText('+10');
  await Promise.all([ada.goes(), bob.goes()]);
});

test('the pages fit a phone, nothing on them moves, and what is not there is said', async ({ browser, server }) => {
  const ada = await Contestant.comes(browser, server);
  await asOnAPhone(ada.page);
  const expectStill = await watchLayout(ada.page);
  await ada.page.goto(`${server.url}/game`);
  await expect(ada.page.getByTestId('state')).toHaveText('Connected');
  await expectNoSidewaysScrolling(ada.page);
  await expectAccessible(ada.page);
  await expectStill();
  await photograph(ada.page, 'game-door-phone');
  const code = await ada.creates('A'.repeat(24));
  await expectNoSidewaysScrolling(ada.page);

  await ada.page.goto(`${server.url}/game/NOGAME`);
  await expect(ada.page.getByRole('heading', { name: 'There is no such game' })).toBeVisible();
  await ada.page.goto(`${server.url}/game`);
  await ada.page.getByTestId('code').fill(code.toLowerCase());
  await ada.page.getByTestId('visit').click();
  await expect(ada.line('AAA')).toContainText('you');
  await ada.goes();
});

test('the answer is on no topic before it is shown', async ({ browser, server }) => {
  const ada = await Contestant.comes(browser, server);
  const told: string[] = [];
  ada.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(payload.toString())));
  const code = await ada.creates('Ada');
  const bob = await (await (await Contestant.comes(browser, server)).visits(code)).sits('Bob');
  await ada.presses('start');
  await ada.mayBuzz(1);
  await ada.presses('buzzer');
  await ada.sees('Your turn: choose an answer');
  const history = `${server.url}/api/topics/game.${code}/publications`;
  const kept = await (await fetch(history)).text();

  expect(kept).toContain('asked');
  for (const text of [kept, ...told]) {
    expect(text).not.toMatch(/"right\\?":\s*(\d|true)/);
  }
  const forged = await fetch(history, { method: 'POST', body: '{"type":"revealed","round":1,"right":0,"millis":1}' });
  expect(forged.status).toBe(403);
  await ada.choosesRight();
  await expect.poll(async () => (await fetch(history)).text()).toContain('revealed');
  await Promise.all([ada.goes(), bob.goes()]);
});
