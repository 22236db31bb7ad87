import { expect, test } from 'vitest';
import { backOff } from './back-off.ts';

test('waits double up to a bound, and the second half of each is random', () => {
  expect([0, 1, 2, 20].map((failures) => backOff(failures, undefined, () => 1))).toEqual([500, 1000, 2000, 10_000]);
  expect(backOff(1, undefined, () => 0)).toBe(500);
});

test('what the server asks for is the least, and an hour the most of it', () => {
  expect(backOff(0, 2, () => 0)).toBe(2250);
  expect(backOff(0, 1e9, () => 0)).toBe(3_600_250);
});
