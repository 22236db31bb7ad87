import { expect, test } from 'vitest';
import { follows, isRepeated, readPosition } from './position.ts';

const at = (epoch: string, offset: number) => ({ epoch, offset });

test('a position is an epoch and an offset', () => {
  expect(readPosition('5f1c09aa:42')).toEqual(at('5f1c09aa', 42));
  expect(readPosition('a:b:7')).toEqual(at('a:b', 7));
  expect([undefined, '', '42', 'a:', ':7', 'a:-1'].map(readPosition)).toEqual(Array(6).fill(undefined));
});

test('what is not beyond the last one of its epoch was there before', () => {
  expect(isRepeated(at('a', 5), at('a', 5))).toBe(true);
  expect(isRepeated(at('a', 5), at('a', 4))).toBe(true);
  expect(isRepeated(at('a', 5), at('a', 6))).toBe(false);
  expect(isRepeated(at('a', 5), at('b', 1))).toBe(false);
  expect(isRepeated(undefined, at('a', 1))).toBe(false);
});

test('the next one of the same epoch follows', () => {
  expect(follows(at('a', 5), at('a', 6))).toBe(true);
  expect(follows(at('a', 5), at('a', 7))).toBe(false);
  expect(follows(at('a', 5), at('b', 6))).toBe(false);
});
