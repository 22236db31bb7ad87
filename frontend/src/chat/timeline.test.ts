import { expect, test } from 'vitest';
import type { Message } from './conversation.ts';
import type { Pending } from './outbox.ts';
import { linesOf, type Line } from './timeline.ts';

const NOON = new Date(2026, 7, 1, 12).getTime();
const MINUTE = 60_000;

function message(offset: number, author: string, minutes: number): Message {
  const timestamp = NOON + minutes * MINUTE;
  const position = `e:${offset}`;
  return { position, timestamp, offset, id: position, author, name: author, text: 'x', edited: false, deleted: false };
}

function pending(id: string, state: Pending['state'] = 'sending'): Pending {
  return { id, name: 'ada', text: 'x', at: NOON, state };
}

function told(lines: Line[]): string[] {
  return lines.map((line) => {
    switch (line.kind) {
      case 'message':
        return `${line.goesOn ? '+' : ''}${line.mine ? 'my ' : ''}${line.key}`;
      case 'pending':
        return `${line.goesOn ? '+' : ''}${line.key}`;
      default:
        return line.kind;
    }
  });
}

test('messages of one author stand together for a while, under the day', () => {
  const messages = [message(1, 'ada', 0), message(2, 'ada', 4), message(3, 'bob', 4), message(4, 'bob', 10)];

  expect(told(linesOf({ messages, pending: [], own: 'ada' }))).toEqual(['day', 'my e:1', '+my e:2', 'e:3', 'e:4']);
});

test('a new day has its line', () => {
  const messages = [message(1, 'ada', 0), message(2, 'ada', 24 * 60)];

  expect(told(linesOf({ messages, pending: [], own: 'bob' }))).toEqual(['day', 'e:1', 'day', 'e:2']);
});

test('what is new stands under its line, with its author', () => {
  const messages = [message(1, 'bob', 0), message(2, 'bob', 1)];

  expect(told(linesOf({ messages, pending: [], own: 'ada', newBefore: 2 }))).toEqual(['day', 'e:1', 'new', 'e:2']);
});

test('what is on its way stands at the end', () => {
  const messages = [message(1, 'bob', 0)];
  const lines = linesOf({ messages, pending: [pending('a'), pending('b')], own: 'ada', note: 'beginning' });

  expect(told(lines)).toEqual(['note', 'day', 'e:1', 'pending-a', '+pending-b']);
});

test('what waits and what is being sent look the same, what is stored does not', () => {
  const version = (state: Pending['state']) =>
    linesOf({ messages: [], pending: [pending('a', state)], own: 'b' })[0]?.version;

  expect(version('waiting')).toBe(version('sending'));
  expect(version('stored')).not.toBe(version('sending'));
});

test('a line that looks different has another version, and no two have the same key', () => {
  const one = linesOf({ messages: [message(1, 'a', 0)], pending: [pending('x')], own: 'b' });
  const other = linesOf({
    messages: [{ ...message(1, 'a', 0), text: 'y', edited: true }],
    pending: [pending('x', 'failed')],
    own: 'b',
  });

  expect(other.map(({ key }) => key)).toEqual(one.map(({ key }) => key));
  expect(new Set(one.map(({ key }) => key)).size).toBe(one.length);
  expect(other[1]?.version).not.toBe(one[1]?.version);
  expect(other[2]?.version).not.toBe(one[2]?.version);
});
