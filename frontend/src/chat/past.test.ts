import { expect, test } from 'vitest';
import { Conversation, type ChatEvent } from './conversation.ts';
import type { Page } from './history.ts';
import { Past } from './past.ts';

const at = (offset: number, epoch = 'e') => ({ position: `${epoch}:${offset}`, timestamp: offset * 1000 });
const said = (id: string): ChatEvent => ({ kind: 'said', id, author: 'ada', name: 'Ada', text: id });

function opened(...offsets: number[]) {
  const conversation = new Conversation();
  offsets.forEach((offset) => conversation.add(said(`m${offset}`), at(offset)));
  const reads: { position: string; answer: (page: Page) => void; fail: () => void }[] = [];
  const pauses: (() => void)[] = [];
  let changes = 0;
  const past = new Past({
    conversation,
    read: (position) =>
      new Promise((answer, fail) => reads.push({ position, answer, fail: () => fail(new Error('no')) })),
    onChange: () => changes++,
    pause: () => new Promise((over) => pauses.push(over)),
  });
  const texts = () => conversation.messages.map(({ text }) => text);
  return { conversation, past, reads, pauses, texts, changes: () => changes };
}

const page = (more: boolean, ...offsets: number[]): Page => ({
  events: offsets.map((offset) => ({ event: said(`m${offset}`), place: at(offset) })),
  more,
});

test('a room goes back to its first event, however few came at first', async () => {
  const { past, reads, texts } = opened(3, 4);
  past.begin();
  expect(past.state).toBe('some');

  const back = past.goBack();
  void past.goBack();
  expect(past.state).toBe('loading');
  expect(reads.map(({ position }) => position)).toEqual(['e:3']);
  reads[0]?.answer(page(false, 2, 1));
  await back;

  expect(past.state).toBe('none');
  expect(texts()).toEqual(['m1', 'm2', 'm3', 'm4']);
});

test.each([[[]], [[1, 2]]])('nothing is older than %j', (offsets) => {
  const { past } = opened(...offsets);
  past.begin();

  expect(past.state).toBe('none');
});

test('a page before what was dropped meanwhile would leave a hole, and is read anew', async () => {
  const { conversation, past, reads, texts, changes } = opened(5, 6, 7);
  past.begin();
  const back = past.goBack();

  conversation.trim(1);
  reads[0]?.answer(page(false, 4));
  await back;

  expect(texts()).toEqual(['m7']);
  expect(past.state).toBe('some');
  expect(changes()).toBe(1);
  void past.goBack();
  expect(reads[1]?.position).toBe('e:7');
});

test('a page of an epoch that is over does not bring it back', async () => {
  const { conversation, past, reads, texts } = opened(5);
  past.begin();
  const back = past.goBack();

  conversation.add(said('new'), at(1, 'f'));
  reads[0]?.answer(page(true, 4));
  await back;

  expect(texts()).toEqual(['new']);
});

test('where nothing older is kept the past ends, until the conversation begins elsewhere', async () => {
  const { conversation, past, reads } = opened(5, 6, 7);
  expect(past.state).toBe('unknown');
  past.begin();
  const back = past.goBack();
  reads[0]?.answer(page(false));
  await back;
  expect(past.state).toBe('none');

  conversation.trim(1);
  expect(past.state).toBe('some');

  conversation.add(said('new'), at(3, 'f'));
  expect(past.state).toBe('some');
});

test('what could not be read is asked for again after a while', async () => {
  const { past, reads, pauses, changes } = opened(5);
  past.begin();
  const back = past.goBack();
  reads[0]?.fail();
  await new Promise((done) => setImmediate(done));
  expect([past.state, changes()]).toEqual(['loading', 0]);

  pauses[0]?.();
  await back;

  expect([past.state, changes()]).toEqual(['some', 1]);
});
