import { expect, test } from 'vitest';
import { backOff } from './back-off.ts';

const shortest = () => 0;
const longest = () => 1;

test('the waits double', () => {
  expect([0, 1, 2, 3].map((failures) => backOff(failures, longest))).toEqual([500, 1000, 2000, 4000]);
});

test('no wait is longer than ten seconds, however often it failed', () => {
  expect(backOff(10, longest)).toBe(10_000);
  expect(backOff(5000, longest)).toBe(10_000);
});

test('half of a wait is random', () => {
  expect(backOff(1, shortest)).toBe(500);
  expect(backOff(1, () => 0.5)).toBe(750);
});

test('two clients rarely choose the same wait', () => {
  const waits = new Set(Array.from({ length: 100 }, () => backOff(4)));

  expect(waits.size).toBeGreaterThan(50);
});
