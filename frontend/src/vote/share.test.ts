import { expect, test } from 'vitest';
import { choiceShare, ratingShare } from './share.ts';

test('a choice is a part of the voters', () => {
  expect(choiceShare([3], 4)).toEqual({ length: 0.75, ballots: 3, figure: 75 });
  expect(choiceShare([0], 0)).toEqual({ length: 0, ballots: 0, figure: 0 });
});

test('counts of a moment later than the voters are drawn no longer than all', () => {
  expect(choiceShare([5], 4).length).toBe(1);
});

test('a rating is the average of the stars', () => {
  expect(ratingShare([1, 0, 0, 0, 1])).toEqual({ length: 0.6, ballots: 2, figure: 3 });
  expect(ratingShare([0, 0, 2, 0, 1])).toEqual({ length: 11 / 15, ballots: 3, figure: 3.7 });
  expect(ratingShare([0, 0, 0, 0, 0])).toEqual({ length: 0, ballots: 0, figure: 0 });
});
