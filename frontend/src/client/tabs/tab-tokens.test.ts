import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToTab } from './messages.ts';
import { TabTokens } from './tab-tokens.ts';

const asked: [string, number][] = [];
const tab = (name: string) => ({
  reply: { post: (message: ToTab) => message.type === 'token' && asked.push([name, message.id]) },
});

const tabs = new Map<string, ReturnType<typeof tab>>();
let tokens: TabTokens;

const leaves = (name: string) => {
  tabs.delete(name);
  tokens.left(name);
};

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  tabs.clear();
  ['old', 'new'].forEach((name) => tabs.set(name, tab(name)));
  tokens = new TabTokens(tabs);
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
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  tokens.answered({ tab: 'old', type: 'token', id: asked[1]?.[1] ?? 0, failure: 'Signed out' });

  await failed;
  expect(asked.map(([name]) => name)).toEqual(['new', 'old']);
});

test('one that leaves is not waited for', async () => {
  const token = tokens.get('connect');
  leaves('new');
  await vi.advanceTimersByTimeAsync(0);
  tokens.answered({ tab: 'old', type: 'token', id: asked[1]?.[1] ?? 0, token: 'abc' });

  expect(await token).toBe('abc');
});

test('one that left meanwhile is not asked', async () => {
  const token = tokens.get('connect');
  leaves('old');
  leaves('new');

  await expect(token).rejects.toThrow('No tab gives a token');
  expect(asked.map(([name]) => name)).toEqual(['new']);
});

test('no tab, no token', async () => {
  await expect(new TabTokens(new Map()).get('connect')).rejects.toThrow('No tab gives a token');
});
