import { expect, test } from 'vitest';
import { Remembered } from './remembered.ts';

function memory(text?: string) {
  let value = text ?? null;
  return { getItem: () => value, setItem: (_key: string, given: string) => void (value = given) };
}

test('rooms are remembered with how far they were read, the latest first', () => {
  const kept = memory();
  const remembered = new Remembered(kept);
  expect(remembered.visit('a')).toBeUndefined();
  remembered.visit('b');
  remembered.read('a', 'e:7');

  expect(new Remembered(kept).visit('a')).toBe('e:7');
  expect(new Remembered(kept).rooms.map(({ id }) => id)).toEqual(['a', 'b']);

  remembered.forget('a');
  expect(remembered.rooms).toEqual([{ id: 'b' }]);
});

test('no more than twelve are', () => {
  const remembered = new Remembered(memory());
  for (let number = 0; number < 20; number++) {
    remembered.visit(`room-${number}`);
  }

  expect(remembered.rooms).toHaveLength(12);
  expect(remembered.rooms[0]?.id).toBe('room-19');
});

test.each(['{', 'null', '[1, {"id": 2}]'])('what cannot be is forgotten: %s', (text) => {
  expect(new Remembered(memory(text)).rooms).toEqual([]);
});
