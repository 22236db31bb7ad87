import { expect, test } from 'vitest';
import { idOf, placeOf } from './place.ts';

test.each([
  ['https://example.org/vote', { view: 'opening' }],
  ['https://example.org/vote?x=1', { view: 'opening' }],
  ['https://example.org/vote/abcdefgh', { view: 'poll', poll: 'abcdefgh' }],
  ['https://example.org/vote/abcdefgh/screen', { view: 'screen', poll: 'abcdefgh' }],
  ['https://example.org/vote/abcdefgh#x', { view: 'poll', poll: 'abcdefgh' }],
  ['https://example.org/vote/%E4%BD%A0', { view: 'poll', poll: '你' }],
  ['https://example.org/vote/%ff', { view: 'poll', poll: '%ff' }],
])('%s is understood', (address, place) => {
  expect(placeOf(address, 'https://example.org/vote')).toEqual(place);
});

test('below a path it is the same', () => {
  const place = placeOf('https://example.org/live/vote/abcdefgh', 'https://example.org/live/vote');

  expect(place).toEqual({ view: 'poll', poll: 'abcdefgh' });
});

test('an id is read as people type it', () => {
  expect(idOf(' ABCDEFGH ')).toBe('abcdefgh');
});
