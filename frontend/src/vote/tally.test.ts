import { expect, test } from 'vitest';
import { Tally } from './tally.ts';
import type { Standing } from './types.ts';

const at = (offset: number, voters: number, marks: number[][] | null = [[voters]], epoch = 'e1'): Standing => ({
  version: `${epoch}:${offset}`,
  voters,
  closed: null,
  marks,
});

test('an older standing never replaces a newer one', () => {
  const tally = new Tally();

  expect(tally.accept(at(9, 7))).toBe(true);
  expect(tally.accept(at(4, 3))).toBe(false);
  expect(tally.accept(at(9, 7))).toBe(false);

  expect(tally.voters).toBe(7);
  expect(tally.marks).toEqual([[7]]);
});

test('offsets are compared as numbers', () => {
  const tally = new Tally();
  tally.accept(at(9, 8));

  expect(tally.accept(at(10, 9))).toBe(true);
  expect(tally.voters).toBe(9);
});

test('however standings are mixed, what is shown never goes back', () => {
  const all = Array.from({ length: 50 }, (_, index) => at(index + 2, index + 1));
  for (let round = 0; round < 50; round++) {
    const tally = new Tally();
    let last = 0;
    for (const standing of all.toSorted(() => Math.random() - 0.5)) {
      tally.accept(standing);
      expect(tally.voters).toBeGreaterThanOrEqual(last);
      last = tally.voters;
    }
    expect(last).toBe(50);
  }
});

test('what all hear without counts leaves those that voters hear', () => {
  const tally = new Tally();
  tally.accept(at(3, 2, null));
  expect(tally.marks).toBeUndefined();

  expect(tally.accept(at(3, 2, [[2]]))).toBe(true);
  expect(tally.accept(at(4, 3, null))).toBe(true);

  expect(tally.voters).toBe(3);
  expect(tally.marks).toEqual([[2]]);
});

test('a log that began anew counts', () => {
  const tally = new Tally();
  tally.accept(at(90, 80));

  expect(tally.accept(at(2, 1, [[1]], 'e2'))).toBe(true);
  expect(tally.voters).toBe(1);
});

test('the end stays the end', () => {
  const tally = new Tally();
  tally.accept({ ...at(9, 7), closed: 1000 });
  tally.accept(at(8, 7));

  expect(tally.closed).toBe(1000);
});
