import { expect, test } from 'vitest';
import { english } from '../shared/testing.ts';
import { timeLeft } from './time-left.ts';

test.each([
  [1, 'closes in 0:01'],
  [59_001, 'closes in 1:00'],
  [61_000, 'closes in 1:01'],
  [3_599_000, 'closes in 59:59'],
  [3_600_000, 'closes in 1:00:00'],
  [86_399_000, 'closes in 23:59:59'],
  [7 * 86_400_000 - 1, 'closes in 7 d 0 h'],
  [90_000_000, 'closes in 1 d 1 h'],
  [0, 'closing …'],
  [-5, 'closing …'],
])('%i ms are said as %s', (left, said) => {
  expect(timeLeft(english, false, left)).toBe(said);
});

test('a closed poll is closed, whatever the clock says', () => {
  expect(timeLeft(english, true, 5_000)).toBe('closed');
});
