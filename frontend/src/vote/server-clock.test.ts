import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

test('the time is that of the server, wherever this clock stands', () => {
  const clock = new ServerClock();

  clock.learn(1_000, 61_050, 1_100);

  expect(clock.now(2_000)).toBe(62_000);
});

test('the quickest answer counts', () => {
  const clock = new ServerClock();

  clock.learn(1_000, 61_000, 1_000);
  clock.learn(2_000, 60_000, 9_000);

  expect(clock.now(10_000)).toBe(70_000);
});

test('until something is known it is this clock', () => {
  expect(new ServerClock().now(5)).toBe(5);
});
