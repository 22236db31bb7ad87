import { expect, test } from 'vitest';
import { roomInPath, roomOf, roomWithId, topicOf, typingTopicOf } from './room.ts';

test.each([
  ['lobby', 'lobby', 'lobby'],
  ['  Team Blue! ', 'team-blue', 'team-blue'],
  ['图书馆', '图书馆', 'u:5Zu-5Lmm6aaG'],
  ['Café 9', 'café-9', 'u:Y2Fmw6ktOQ'],
  ['ｌｏｂｂｙ', 'lobby', 'lobby'],
])('%s is the room %s', (written, name, id) => {
  expect(roomOf(written)).toEqual({ name, id });
  expect(roomWithId(id)).toEqual({ name, id });
});

test('a name is the same however it was written, so two people meet', () => {
  expect(roomOf('CAFE\u0301')).toEqual(roomOf('café'));
});

test.each(['', '  ', '!?', 'x'.repeat(33), '图'.repeat(27)])('"%s" is no room', (written) => {
  expect(roomOf(written)).toBeUndefined();
});

test('every room has a topic that can be', () => {
  const longest = roomOf('图'.repeat(26));

  expect(typingTopicOf(longest as NonNullable<typeof longest>)).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  expect(topicOf({ name: 'lobby', id: 'lobby' })).toBe('chat.lobby');
});

test('an address leads to its room, under any base', () => {
  expect(roomInPath('/chat/lobby')?.id).toBe('lobby');
  expect(roomInPath('/fanfare/chat/%E5%9B%BE%E4%B9%A6%E9%A6%86')?.name).toBe('图书馆');
  expect(roomInPath('/chat')).toBeUndefined();
  expect(roomInPath('/chat/%E0%A4%A')).toBeUndefined();
  expect(roomInPath('/chat/a/b')).toBeUndefined();
});
