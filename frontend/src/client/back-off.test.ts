import { expect, test } from 'vitest';
import { backOff } from './back-off.ts';

const waits = { first: 500, longest: 30_000 };
const shortest = () => 0;
const longest = () => 1;

test('the waits double, up to the longest', () => {
  const after = (failures: number) => backOff(waits, failures, undefined, longest);

  expect([0, 1, 2, 3].map(after)).toEqual([500, 1000, 2000, 4000]);
  expect([6, 40, 5000].map(after)).toEqual([30_000, 30_000, 30_000]);
});

test('half of a wait is random', () => {
  expect(backOff(waits, 1, undefined, shortest)).toBe(500);
  expect(backOff(waits, 1, undefined, () => 0.5)).toBe(750);
});

test('nobody comes back before the server asked to, and not all come back then', () => {
  expect(backOff(waits, 0, 1.7, shortest)).toBe(1700);
  expect(backOff(waits, 0, 1.7, longest)).toBe(2125);
  expect(backOff(waits, 0, 0, longest)).toBe(250);
});

test('a server that asks for a moment again and again is left alone for longer', () => {
  expect(backOff(waits, 3, 1, longest)).toBe(4000);
  expect(backOff(waits, 3, 60, shortest)).toBe(66_000);
  expect(backOff(waits, 3, 60, longest)).toBe(81_000);
});

test('no server can send a client away for ever', () => {
  expect(backOff(waits, 0, 1e12, shortest)).toBe(3_600_000);
});
