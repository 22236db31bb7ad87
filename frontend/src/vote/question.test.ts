import { expect, test } from 'vitest';
import { named, questionOf } from './question.ts';

function form(entries: Record<string, string>): FormData {
  const data = new FormData();
  Object.entries({ question: ' What? ', kind: 'single', shown: 'always', seconds: '', most: '', ...entries }).forEach(
    ([name, value]) => data.set(name, value),
  );
  return data;
}

test('what is not said is left to the server', () => {
  expect(questionOf(form({}), ['a', 'b'])).toEqual({
    question: 'What?',
    options: ['a', 'b'],
    kind: 'single',
    shown: 'always',
  });
});

test('how many may be chosen is for several choices alone, and no more than there are', () => {
  expect(questionOf(form({ most: '2' }), ['a', 'b', 'c'])).not.toHaveProperty('most');
  expect(questionOf(form({ kind: 'multiple', most: '2' }), ['a', 'b', 'c'])).toHaveProperty('most', 2);
  expect(questionOf(form({ kind: 'multiple', most: '9' }), ['a', 'b', 'c'])).toHaveProperty('most', 3);
});

test('how long it is open is a number', () => {
  expect(questionOf(form({ seconds: '60' }), ['a', 'b'])).toHaveProperty('seconds', 60);
});

test('the same question once more has the same key, and another one a new key', () => {
  const keys = ['first', 'second'];
  const newKey = () => keys.shift() ?? '';
  const asked = named(questionOf(form({}), ['a', 'b']), undefined, newKey);

  expect(named(questionOf(form({}), ['a', 'b']), asked, newKey)).toHaveProperty('key', 'first');
  expect(named(questionOf(form({}), ['a', 'c']), asked, newKey)).toHaveProperty('key', 'second');
});
