import { WebSocket } from 'ws';
import { connect } from '../src/client/index.ts';
import { randomSecret } from '../src/shared/visitor.ts';
import type { Question, Reply } from '../src/vote/types.ts';
import { expectAccessible, expectNoSidewaysScrolling, tabTo, watchComplaints, watchLayout } from './comfort.ts';
import type { Server } from './server.ts';
import { expect, test } from './visitor.ts';
import { Voter } from './voter.ts';

const LUNCH = { question: 'Where shall we have lunch?', options: ['Noodles', 'Dumplings', '=1+1', 'At home'] };

/** Open a poll as any program can, and return its id. */
async function openFromNode(server: Server, question: Question): Promise<string> {
  const client = connect(`ws://${server.host}/ws`, { webSocket: WebSocket });
  const replies: Reply[] = [];
  await client.subscribe('/user/queue/vote', { onPublication: (reply) => replies.push(reply.json<Reply>()) }).live;
  await client.send('/app/vote/open', question, { headers: { visitor: randomSecret() } });
  await expect.poll(() => replies).toHaveLength(1);
  await client.close();
  return (replies[0] as Reply & { about: 'opened' }).poll;
}

test('a poll goes from its opening to its end, and all screens show the same', async ({ browser, server }) => {
  const ada = await Voter.comes(browser, server, { colorScheme: 'light' });
  const complaints = watchComplaints(ada.page);
  await ada.visits();
  await expectAccessible(ada.page);
  const poll = await ada.opens(LUNCH);
  const bob = await (await Voter.comes(browser, server, { colorScheme: 'dark' })).joins(poll);
  const eve = await (await Voter.comes(browser, server)).joins(poll);
  const room = await (await Voter.comes(browser, server, { colorScheme: 'dark' })).visits(`/${poll}/screen`);
  await expect(room.at('screen-question')).toHaveText(LUNCH.question);
  expect(await ada.reads('qr')).toBe(`${server.url}/vote/${poll}`);
  expect(await room.reads('screen-qr')).toBe(`${server.url}/vote/${poll}`);

  await ada.casts();
  await expect(ada.at('receipt')).toHaveText('Choose something first.');
  await ada.votesFor('Noodles');
  await ada.hasReceipt(1);
  await bob.votesFor('Dumplings');
  await bob.hasReceipt(2);
  await eve.votesFor('Dumplings');
  await eve.hasReceipt(3);
  for (const screen of [ada, bob, eve, room]) {
    await screen.sees(1, 2, 0, 0);
  }
  await ada.photographs('vote');
  await bob.photographs('vote-dark');
  await room.photographs('vote-screen-dark');
  for (const screen of [ada, bob, room]) {
    await expectAccessible(screen.page);
  }

  await ada.votesFor('Dumplings');
  await room.sees(0, 3, 0, 0);
  await ada.hasReceipt(1);
  await ada.page.reload();
  await ada.hasReceipt(1);
  await expect(ada.page.getByLabel('Dumplings', { exact: true })).toBeChecked();
  await ada.at('close').click();
  await ada.at('close-really').click();

  for (const screen of [ada, bob, eve]) {
    await expect(screen.at('time')).toHaveText('closed');
    await expect(screen.at('cast')).toBeDisabled();
  }
  await expect(room.at('screen-time')).toHaveText('closed');
  await expect(bob.at('votes-table')).toBeHidden();
  expect(await bob.downloads('results-table')).toEqual([
    '\uFEFF"option","votes","percent of voters"',
    '"Noodles",0,0.0',
    '"Dumplings",3,100.0',
    `"'=1+1",0,0.0`,
    '"At home",0,0.0',
  ]);
  const votes = await ada.downloads('votes-table');
  expect(votes.map((line) => line.replace(/"[\d-]+T[\d:.]+Z"/, 'TIME'))).toEqual([
    `\uFEFF"no.","time","Noodles","Dumplings","'=1+1","At home"`,
    '1,TIME,0,1,0,0',
    '2,TIME,0,1,0,0',
    '3,TIME,0,1,0,0',
  ]);
  expect(complaints).toEqual([]);
});

test('who has voted sees the counts, where that is how they are shown', async ({ browser, server }) => {
  const ada = await Voter.comes(browser, server);
  const poll = await ada.opens({
    question: 'Which talks did you like?',
    options: ['Queues', 'Logs', 'Clocks'],
    kind: 'multiple',
    shown: 'after-voting',
    most: 2,
  });
  const bob = await (await Voter.comes(browser, server)).joins(poll);
  await ada.marks('Queues');
  await ada.marks('Logs');
  await expect(ada.page.getByLabel('Clocks', { exact: true })).toBeDisabled();
  await ada.casts();
  await ada.sees(1, 1, 0);

  await expect(bob.at('voters')).toHaveText('1 voted');
  await bob.sees(0, 0, 0);
  await expect(bob.page.getByText('The results are shown to you once you have voted.')).toBeVisible();
  await expect(bob.at('results-table')).toBeHidden();
  await bob.votesFor('Clocks');

  await bob.sees(1, 1, 1);
  await ada.sees(1, 1, 1);
  await bob.page.reload();
  await bob.sees(1, 1, 1);
});

test('a rating is shown when it is closed, on a phone and in Chinese too', async ({ browser, server }) => {
  const ada = await Voter.comes(browser, server);
  const poll = await ada.opens({
    question: '今天的课程怎么样？',
    options: ['内容', '讲解', '练习'],
    kind: 'rating',
    shown: 'after-close',
  });
  const phone = await Voter.comes(browser, server, { locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  const expectStill = await watchLayout(phone.page);
  await phone.joins(poll);
  await phone.marks('内容', 5);
  await phone.marks('讲解', 3);
  await phone.casts();
  await expect(phone.at('receipt')).toHaveText('您的投票是第 1 票');
  await expect(phone.page.getByText('投票结束后公布结果。')).toBeVisible();
  await expectStill();
  await phone.photographs('vote-phone-zh');
  await expectNoSidewaysScrolling(phone.page);
  await expectAccessible(phone.page);

  await ada.marks('内容', 2);
  await ada.casts();
  await ada.hasReceipt(2);
  await ada.at('close').click();
  await ada.at('close-really').click();

  await phone.sees(2, 1, 0);
  await expect(phone.at('bars')).toContainText('★ 3.5 · 2 人');
  await phone.visits(`/${poll}/screen`);
  await phone.sees(2, 1, 0);
  await expectNoSidewaysScrolling(phone.page);
  await expectAccessible(phone.page);
});

test('no vote is lost or doubled by cuts and a server that is killed', async ({ browser, launch }) => {
  const server = await launch();
  const ada = await Voter.comes(browser, server);
  const poll = await ada.opens(LUNCH);
  const bob = await (await Voter.comes(browser, server)).joins(poll);
  const eve = await (await Voter.comes(browser, server)).joins(poll);
  const seen = await eve.watches('voters');
  await ada.votesFor('Noodles');
  await ada.hasReceipt(1);

  await bob.at('cut').click();
  await bob.votesFor('Dumplings');
  await bob.hasReceipt(2);
  await server.kill();
  await eve.votesFor('At home');
  await expect(eve.at('receipt')).toHaveText('Your vote is sent as soon as the connection is back.');
  await ada.votesFor('Dumplings');
  await server.start();

  await eve.hasReceipt(3);
  await ada.hasReceipt(1);
  for (const screen of [ada, bob, eve]) {
    await screen.sees(0, 2, 0, 1);
    await expect(screen.at('voters')).toHaveText('3 voted');
    await expect(screen.at('state')).toHaveText('Connected');
  }
  const numbers = await seen();
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
});

test('a poll closes in time by the clock of the server', async ({ browser, server }) => {
  const poll = await openFromNode(server, {
    question: 'Quick?',
    options: ['yes', 'no'],
    kind: 'single',
    shown: 'after-close',
    seconds: 12,
  });
  const ada = await Voter.comes(browser, server);
  // A browser whose clock is an hour late knows the time all the same.
  await ada.page.clock.install({ time: Date.now() - 3_600_000 });
  await ada.joins(poll);
  await expect(ada.at('time')).toHaveText(/^closes in 0:\d\d$/);
  await ada.votesFor('yes');
  await ada.hasReceipt(1);

  await expect(ada.at('time')).toHaveText('closed');

  await ada.sees(1, 0);
  await expect(ada.at('cast')).toBeDisabled();
});

test('what cannot be is said', async ({ browser, server }) => {
  const ada = await Voter.comes(browser, server);
  await ada.visits('/22222222');
  await expect(ada.at('problem')).toContainText('There is no such poll.');
  await expectAccessible(ada.page);

  await ada.visits();
  await ada.at('question').fill('Twice?');
  await ada.at('options').locator('input').nth(0).fill('same');
  await ada.at('options').locator('input').nth(1).fill('same');
  await ada.at('open').click();

  await expect(ada.at('open-state')).toHaveText("'options' has 'same' twice; each must be different.");
});

test('the keyboard alone opens a poll and votes', async ({ browser, server }) => {
  const ada = await Voter.comes(browser, server);
  const { page } = ada;
  await ada.visits();
  await tabTo(page, 'question');
  await page.keyboard.type('By keyboard?');
  await page.keyboard.press('Tab');
  await page.keyboard.type('yes');
  await page.keyboard.press('Enter');
  await page.keyboard.type('no');
  await tabTo(page, 'open');
  await page.keyboard.press('Enter');
  await expect(ada.at('question-text')).toHaveText('By keyboard?');

  await tabTo(page, 'cast');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');

  await ada.hasReceipt(1);
});
