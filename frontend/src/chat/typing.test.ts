import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TypingNotice, Typists } from './typing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('typing is told at once, then every few seconds, and anew after sending', () => {
  const told: string[] = [];
  const notice = new TypingNotice(() => told.push('typing'));

  for (let now = 0; now < 6000; now += 100) {
    notice.typed('text', now);
  }
  expect(told).toHaveLength(3);

  notice.sent();
  notice.typed('t', 6000);
  expect(told).toHaveLength(4);
});

test('an empty field is not typing', () => {
  const tell = vi.fn();
  new TypingNotice(tell).typed('  ', 0);

  expect(tell).not.toHaveBeenCalled();
});

test('who types is shown until they are quiet or have said it', () => {
  let shown: string[] = [];
  const typists = new Typists((names) => (shown = names));
  typists.types('1', 'Ada');
  vi.advanceTimersByTime(4000);
  typists.types('2', 'Bob');
  typists.types('1', 'Ada');
  expect(shown).toEqual(['Ada', 'Bob']);

  typists.said('2');
  expect(shown).toEqual(['Ada']);
  vi.advanceTimersByTime(5900);
  expect(shown).toEqual(['Ada']);
  vi.advanceTimersByTime(200);
  expect(shown).toEqual([]);
});

test('no more are remembered than can be told apart', () => {
  let shown: string[] = [];
  const typists = new Typists((names) => (shown = names));
  for (let number = 0; number < 1000; number++) {
    typists.types(String(number), 'N');
  }

  expect(shown).toHaveLength(30);
});
