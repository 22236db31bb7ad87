import { afterEach, expect, test, vi } from 'vitest';
import { recentPolls, rememberPoll } from '../vote/recent.ts';
import { keptIn, localKept } from './storage.ts';
import { visitorOf } from './visitor.ts';

afterEach(() => vi.unstubAllGlobals());

const blocked = () => {
  throw new DOMException('no storage', 'SecurityError');
};

test('a browser that has storage keeps things there', () => {
  const storage = {} as Storage;

  expect(keptIn(() => storage)).toBe(storage);
});

test.each([
  ['throws', blocked],
  ['is null', () => null],
])('where storage %s, the page remembers', (_, storage) => {
  const kept = keptIn(storage);
  expect(kept.getItem('a')).toBeNull();

  kept.setItem('a', '1');
  expect(keptIn(storage).getItem('a')).toBe('1');

  kept.removeItem('a');
  expect(kept.getItem('a')).toBeNull();
});

test('the page remembers fifty values', () => {
  const kept = keptIn(blocked);
  for (let number = 1; number <= 51; number++) {
    kept.setItem(`k${number}`, 'x');
  }

  expect([kept.getItem('k1'), kept.getItem('k2'), kept.getItem('k51')]).toEqual([null, 'x', 'x']);
});

test('pages work where there is no storage at all', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(visitorOf().headers).toEqual(visitorOf().headers);
  rememberPoll({ id: 'p', question: '?' });

  expect(recentPolls()).toEqual([{ id: 'p', question: '?' }]);
  expect(localKept().getItem('fanfare.polls')).toContain('?');
});
