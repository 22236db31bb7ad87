import { expect, test, vi } from 'vitest';
import { FanfareError, type State } from '../client/index.ts';
import type { Kept } from './storage.ts';
import { randomSecret, tellVisitorId, visitorId, visitorOf } from './visitor.ts';

function memory(content: Record<string, string> = {}): Kept {
  const values = new Map(Object.entries(content));
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

test('a browser is the same visitor each time, and another browser is another', () => {
  const kept = memory();

  expect(visitorOf(kept).headers['visitor']).toMatch(/^[A-Za-z0-9_-]{32}$/);
  expect(visitorOf(kept).headers).toEqual(visitorOf(kept).headers);
  expect(visitorOf(memory()).headers).not.toEqual(visitorOf(kept).headers);
});

test('a name is remembered', () => {
  const kept = memory();
  const visitor = visitorOf(kept);
  expect(visitor.name).toBe('');

  visitor.name = 'Ada';

  expect(visitor.name).toBe('Ada');
  expect(visitorOf(kept).name).toBe('Ada');
});

test('what the server would not take is replaced', () => {
  expect(visitorOf(memory({ 'fanfare.visitor': 'short' })).headers['visitor']).toHaveLength(32);
});

test('a secret that another tab wrote at the same moment counts', () => {
  const others = 'o'.repeat(32);
  let reads = 0;
  const kept: Kept = { getItem: () => (reads++ < 2 ? null : others), setItem: () => undefined };

  expect(visitorOf(kept).headers['visitor']).toBe(others);
});

test('a browser that keeps nothing is a visitor too', () => {
  const fail = () => {
    throw new DOMException('no storage', 'SecurityError');
  };
  const visitor = visitorOf({ getItem: fail, setItem: fail });
  visitor.name = 'Bob';

  expect(visitor.headers['visitor']).toHaveLength(32);
  expect(visitor.name).toBe('Bob');
});

test('secrets are made of what headers and addresses may have', () => {
  for (let count = 0; count < 200; count++) {
    expect(randomSecret()).toMatch(/^[A-Za-z0-9_-]{32}$/);
  }
});

test('the id is asked for once the answer can arrive', async () => {
  const done: string[] = [];
  const visitor = visitorOf(memory());
  let answer: (publication: { json<T>(): T }) => void = () => undefined;
  const client = {
    subscribe(destination: string, handlers: { onPublication: typeof answer }) {
      done.push(`subscribe ${destination}`);
      answer = handlers.onPublication;
      return { live: Promise.resolve(done.push('live')), unsubscribe: () => done.push('unsubscribe') };
    },
    async send(destination: string, _body: string, options: { headers: Record<string, string> }) {
      done.push(`send ${destination}`);
      expect(options.headers).toEqual(visitor.headers);
      answer({ json: <T>() => ({ id: 'known' }) as T });
    },
  };

  expect(await visitorId(client, visitor)).toBe('known');
  expect(done).toEqual(['subscribe /user/queue/visitor', 'live', 'send /app/visitor', 'unsubscribe']);
});

function refusing(...errors: (Error | undefined)[]) {
  let answer: (publication: { json<T>(): T }) => void = () => undefined;
  const listeners = new Set<(state: State) => void>();
  const client = {
    subscribe(_: string, handlers: { onPublication: typeof answer }) {
      answer = handlers.onPublication;
      return { live: Promise.resolve(), unsubscribe: () => undefined };
    },
    async send() {
      const error = errors.shift();
      if (error) {
        throw error;
      }
      answer({ json: <T>() => ({ id: 'known' }) as T });
    },
    on: (_: string, listener: (state: State) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const ids: string[] = [];
  const asked = tellVisitorId(client, visitorOf(memory()), (id) => ids.push(id));
  return { asked, ids, listeners };
}

test('the id is asked for again when the server says so', async () => {
  vi.useFakeTimers();
  const { asked, ids } = refusing(new FanfareError('too-many-requests', 'slowly', 2));
  await asked;
  await vi.advanceTimersByTimeAsync(1999);
  expect(ids).toEqual([]);

  await vi.advanceTimersByTimeAsync(1);

  expect(ids).toEqual(['known']);
  vi.useRealTimers();
});

test('an id that was refused is asked for on the next connection', async () => {
  const { asked, ids, listeners } = refusing(new FanfareError('connection-ended', 'gone'));
  await asked;
  listeners.forEach((listener) => listener('recovering'));
  expect(listeners.size).toBe(1);

  listeners.forEach((listener) => listener('connected'));

  await vi.waitFor(() => expect(ids).toEqual(['known']));
  expect(listeners.size).toBe(0);
});
