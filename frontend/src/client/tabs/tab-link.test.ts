import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Link, LinkListener } from '../link.ts';
import type { State } from '../types.ts';
import { openTabLink } from './open.ts';
import { TabLink } from './tab-link.ts';
import type { WayListener } from './way.ts';

const options = {
  url: 'ws://example.org/ws',
  headers: {},
  heartbeat: 0,
  connectTimeout: 0,
  waits: { first: 500, longest: 30_000 },
  tokens: { renewable: false, get: () => Promise.resolve(undefined) },
  name: 'shared',
};

let states: State[];
let listener: LinkListener;

const withLocks = (request: (name: string, granted: () => unknown) => Promise<unknown>) =>
  vi.stubGlobal('navigator', { locks: { request } });
const blocked = () => Promise.reject(new DOMException('Storage is blocked', 'SecurityError'));
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  states = [];
  listener = { onState: (state) => states.push(state), onFrame: () => {}, onWire: () => {} };
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('where the browser refuses locks, it has a connection of its own', async () => {
  withLocks(blocked);
  const own = { send: vi.fn(), ping: vi.fn(), interrupt: vi.fn(), close: vi.fn() } satisfies Link;
  const openOwn = vi.fn(() => own);

  const link = openTabLink(options, undefined, openOwn, listener);
  await settled();
  link.send({ command: 'SEND', headers: {} });

  expect(openOwn).toHaveBeenCalledExactlyOnceWith(listener);
  expect(own.send).toHaveBeenCalledOnce();
});

test('closed before locks are refused, it opens nothing', async () => {
  withLocks(blocked);
  const openOwn = vi.fn();

  await openTabLink(options, undefined, openOwn, listener).close();
  await settled();

  expect(openOwn).not.toHaveBeenCalled();
  expect(states).toEqual(['closed']);
});

test('a hub that says nothing does not have a ping wait for ever', async () => {
  withLocks((_, granted) => Promise.resolve(granted()));
  let hub: WayListener | undefined;
  const openWay = (hears: WayListener) => {
    hub = hears;
    return { post: () => {}, close: () => {} };
  };
  const link = new TabLink({ ...options, tab: 'one', openWay, onUnusable: () => {} }, listener);
  await settled();
  hub?.onMessage({ type: 'state', state: 'connected', detail: {}, connection: 1 });

  const ping = expect(link.ping()).rejects.toMatchObject({ type: 'not-connected' });
  await vi.advanceTimersByTimeAsync(10_000);

  await ping;
});
