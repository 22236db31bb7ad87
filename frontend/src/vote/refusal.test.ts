import { expect, test } from 'vitest';
import { FanfareError } from '../client/index.ts';
import { english } from '../shared/testing.ts';
import { refusalText } from './refusal.ts';

test('what the page knows is said in its own words', () => {
  const tooFast = new FanfareError('too-many-publications', 'Too fast: 30 in 60 s are allowed.', 1.2);

  expect(refusalText(english, tooFast)).toBe('That was too fast. It can be tried again in 2 s.');
  expect(refusalText(english, new FanfareError('unknown-destination', 'No poll.'))).toMatch(/^There is no such poll\./);
});

test('what is wrong with a question is said in the words of the server', () => {
  expect(refusalText(english, new FanfareError('invalid-payload', "'options' has 'a' twice."))).toBe(
    "'options' has 'a' twice.",
  );
});
