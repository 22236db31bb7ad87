import { expect, test, vi } from 'vitest';
import type { Message } from './conversation.ts';
import { countUnread, Unread } from './unread.ts';

function message(offset: number, author = 'bob', epoch = 'e'): Message {
  const position = `${epoch}:${offset}`;
  return {
    position,
    timestamp: 0,
    offset,
    id: position,
    author,
    name: author,
    text: '',
    edited: false,
    deleted: false,
  };
}

test('who comes back finds the line before what is new, and has read it then', () => {
  const keep = vi.fn();
  const unread = new Unread('e:2', keep);

  unread.open([message(1), message(2), message(3, 'ada'), message(4), message(5)], 'ada');

  expect(unread.before).toBe(4);
  expect(unread.unread).toBe(0);
  expect(keep).toHaveBeenLastCalledWith('e:5');
});

test('who comes for the first time finds no line', () => {
  const unread = new Unread(undefined, vi.fn());
  unread.open([message(1), message(2)], 'ada');

  expect(unread.before).toBeUndefined();
});

test('a position of before the room began anew says nothing', () => {
  const unread = new Unread('d:2', vi.fn());
  unread.open([message(1), message(3)], 'ada');

  expect(unread.before).toBeUndefined();
});

test('what comes while nobody looks is counted, and is new until it is answered', () => {
  const keep = vi.fn();
  const unread = new Unread('e:1', keep);
  unread.open([message(1)], 'ada');
  unread.look(false, message(1));

  unread.add(message(2), false);
  unread.add(message(3), false);
  expect(unread).toMatchObject({ before: 2, unread: 2 });
  expect(keep).not.toHaveBeenCalled();

  unread.look(true, message(3));
  expect(unread).toMatchObject({ before: 2, unread: 0 });
  expect(keep).toHaveBeenLastCalledWith('e:3');

  unread.add(message(4, 'ada'), true);
  expect(unread.before).toBeUndefined();
});

test('who went away again finds the line where they left', () => {
  const unread = new Unread('e:1', vi.fn());
  unread.open([message(1)], 'ada');
  unread.look(false, message(1));
  unread.add(message(2), false);
  unread.look(true, message(2));
  unread.look(false, message(2));

  unread.add(message(3), false);

  expect(unread).toMatchObject({ before: 3, unread: 1 });
});

test('a room that was opened in a tab nobody looks at is not read', () => {
  const keep = vi.fn();
  const unread = new Unread('e:1', keep, false);
  unread.open([message(1), message(2)], 'ada');

  expect(unread).toMatchObject({ before: 2, unread: 1 });
  expect(keep).not.toHaveBeenCalled();
});

test('of a room that one is not in, what others said since it was read counts', () => {
  const said = [message(7), message(8), message(9, 'ada'), message(10)];

  expect(countUnread(said, 'e:7', 'ada')).toBe(2);
  expect(countUnread(said, 'e:10', 'ada')).toBe(0);
  expect(countUnread(said, 'old:10', 'ada')).toBe(3);
  expect(countUnread(said, undefined, 'ada')).toBe(0);
  expect(countUnread(said, 'e:7', undefined)).toBe(0);
});
