import { expect, test } from 'vitest';
import { FanfareError } from '../client/index.ts';
import { Outbox, type Pending } from './outbox.ts';

type Answer = (error?: unknown) => void;

function opened(kept = memory()) {
  const sent: { id: string; answer: Answer }[] = [];
  const pauses: { milliseconds: number; over: () => void }[] = [];
  const outbox = new Outbox({
    send: ({ id }: Pending) =>
      new Promise<void>((resolve, reject) => sent.push({ id, answer: (error) => (error ? reject(error) : resolve()) })),
    onChange: () => undefined,
    kept,
    key: 'outbox',
    pause: (milliseconds) => new Promise((over) => pauses.push({ milliseconds, over })),
  });
  const states = () => outbox.pending.map(({ id, state }) => `${id} ${state}`);
  const answer = async (at: number, error?: unknown) => {
    sent[at]?.answer(error);
    await settled();
  };
  return { outbox, sent, pauses, states, answer, ids: () => sent.map(({ id }) => id) };
}

function memory() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

const settled = () => new Promise((done) => setImmediate(done));
const say = (outbox: Outbox, id: string) => outbox.add({ id, name: 'Ada', text: `text of ${id}` });

test('one after the other is sent, so that they arrive in their order', async () => {
  const { outbox, ids, states, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  say(outbox, 'b');
  expect(ids()).toEqual(['a']);
  expect(states()).toEqual(['a sending', 'b waiting']);

  await answer(0);

  expect(ids()).toEqual(['a', 'b']);
  expect(states()).toEqual(['a stored', 'b sending']);
  outbox.shown('a');
  expect(states()).toEqual(['b sending']);
});

test('nothing leaves before the room is listened to', () => {
  const { outbox, ids } = opened();
  say(outbox, 'a');
  expect(ids()).toEqual([]);

  outbox.start();

  expect(ids()).toEqual(['a']);
});

test('what fails says why, holds up nothing and is retried under its id', async () => {
  const { outbox, ids, states, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  say(outbox, 'b');
  await answer(0, new FanfareError('invalid-payload', 'no good'));
  expect(states()).toEqual(['a failed', 'b sending']);
  expect(outbox.pending[0]?.problem).toBe('no good');

  outbox.retry('a');
  await answer(1);

  expect(ids()).toEqual(['a', 'b', 'a']);
  await answer(2);
  expect(states()).toEqual(['a stored', 'b stored']);
});

test('who is too fast waits as long as the server says, and nothing overtakes', async () => {
  const { outbox, ids, states, pauses, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  say(outbox, 'b');
  await answer(0, new FanfareError('too-many-publications', 'slowly', 2));
  expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([2000]);
  expect(states()).toEqual(['a sending', 'b waiting']);

  pauses[0]?.over();
  await settled();
  await answer(1);

  expect(ids()).toEqual(['a', 'a', 'b']);
});

test('who is always too fast has failed', async () => {
  const { outbox, states, pauses, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  for (let attempt = 0; attempt < 5; attempt++) {
    await answer(attempt, new FanfareError('too-many-publications', 'slowly', 1));
    pauses[attempt]?.over();
    await settled();
  }

  expect(states()).toEqual(['a failed']);
});

test('what failed can be given up, and nothing else', async () => {
  const { outbox, states, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  outbox.discard('a');
  expect(states()).toEqual(['a sending']);
  await answer(0, new Error('no'));

  outbox.discard('a');

  expect(states()).toEqual([]);
});

test('what was not stored outlives a reload, and is sent again under its id', async () => {
  const kept = memory();
  const before = opened(kept);
  before.outbox.start();
  say(before.outbox, 'a');
  say(before.outbox, 'b');
  say(before.outbox, 'c');
  await before.answer(0);
  await before.answer(1, new Error('no'));

  const after = opened(kept);
  expect(after.states()).toEqual(['b waiting', 'c waiting']);
  after.outbox.start();

  expect(after.ids()).toEqual(['b']);
  await after.answer(0);
  expect(after.states()).toEqual(['c sending']);
});

test('what the room shows before the answer comes takes nothing else with it', async () => {
  const kept = memory();
  const before = opened(kept);
  say(before.outbox, 'b');
  say(before.outbox, 'c');
  const { outbox, ids, states, answer } = opened(kept);
  outbox.start();

  outbox.shown('b');
  await answer(0);

  expect(states()).toEqual(['c sending']);
  expect(ids()).toEqual(['b', 'c']);
  expect(opened(kept).states()).toEqual(['c waiting']);
});

test.each(['{', '7', '[null,{"id":1}]'])('what is kept and cannot be is passed over: %s', (text) => {
  const kept = memory();
  kept.setItem('outbox', text);

  expect(opened(kept).outbox.pending).toEqual([]);
});

test('no more than fifty wait', () => {
  const { outbox } = opened();
  for (let count = 0; count < 50; count++) {
    expect(say(outbox, `m${count}`)).toBe(true);
  }

  expect(say(outbox, 'one more')).toBe(false);
});

test('what was stored before an interruption is not waited for, what was stored since is', async () => {
  const { outbox, states, answer } = opened();
  outbox.start();
  say(outbox, 'a');
  say(outbox, 'b');
  await answer(0);
  outbox.caughtUp();
  expect(states()).toEqual(['a stored', 'b sending']);

  outbox.interrupted();
  await answer(1);
  outbox.caughtUp();

  expect(states()).toEqual(['b stored']);
});
