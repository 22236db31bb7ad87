import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToTab } from './messages.ts';
import { TabTokens } from './tab-tokens.ts';

const asked: [string, number][] = [];
const tab = (name: string) => ({
  reply: { post: (message: ToTab) => message.type === 'token' && asked.push([name, message.id]) },
});

let tokens: TabTokens;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  tokens = new TabTokens(new Map(['old', 'new'].map((name) => [name, tab(name)])));
});

afterEach(() => {
  vi.useRealTimers();
});

test('the tab that came last is asked first', async () => {
  const token = tokens.get('connect');
  tokens.answered({ tab: 'new', type: 'token', id: asked[0]?.[1] ?? 0, token: 'abc' });

  expect(await token).toBe('abc');
  expect(asked.map(([name]) => name)).toEqual(['new']);
});

test('one that fails or says nothing is passed over', async () => {
  const token = tokens.get('refused');
  const failed = expect(token).rejects.toThrow('Signed out');
  await vi.advanceTimersByTimeAsync(10_000);
  tokens.answered({ tab: 'old', type: 'token', id: asked[1]?.[1] ?? 0, failure: 'Signed out' });

  await failed;
  expect(asked.map(([name]) => name)).toEqual(['new', 'old']);
});

test('no tab, no token', async () => {
  await expect(new TabTokens(new Map()).get('connect')).rejects.toThrow('No tab gives a token');
});
