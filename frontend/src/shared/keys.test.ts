import { expect, test } from 'vitest';
import { isComposing } from './keys.ts';

test.each([
  ['within a word', true, 229, true],
  ['within a word, of a browser that does not mark the key', true, 13, true],
  ['that takes a word in Safari', false, 229, true],
  ['alone', false, 13, false],
])('Enter %s', (_, composing, keyCode, expected) => {
  expect(isComposing({ isComposing: composing, keyCode })).toBe(expected);
});
