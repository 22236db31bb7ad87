import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection, ConnectionEvent, ConnectionListener } from './connection.ts';
import { Link, type State } from './link.ts';

class FakeConnection implements Connection {
  readonly sent: string[] = [];
  closed = false;

  constructor(private readonly listener: ConnectionListener) {}

  opens(): void {
    this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'open', address: 'ws://a/ws', session: 's' });
  }

  breaks(): void {
    this.listener.onEvent({ at: new Date(), direction: 'in', kind: 'close', code: 1006, reason: '' });
  }

  send(text: string): void {
    this.sent.push(text);
  }

  broadcast(): void {}
  publish(): void {}
  subscribe(): void {}
  unsubscribe(): void {}

  close(): void {
    this.closed = true;
  }
}

let connections: FakeConnection[];
let states: State[];
let events: ConnectionEvent[];
let failures: number[];
let link: Link;

const connect = (listener: ConnectionListener) => {
  const connection = new FakeConnection(listener);
  connections.push(connection);
  return connection;
};
const latest = () => connections.at(-1) as FakeConnection;

beforeEach(() => {
  vi.useFakeTimers();
  [connections, states, events, failures] = [[], [], [], []];
  const listener = {
    onState: (state: State) => states.push(state),
    onEvent: (event: ConnectionEvent) => events.push(event),
    onSubscribed: () => {},
    onRefused: () => {},
  };
  link = new Link(listener, (failed) => {
    failures.push(failed);
    return 1000;
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test('a lost connection is followed by another', () => {
  link.open(connect);
  latest().opens();
  latest().breaks();
  vi.advanceTimersByTime(1000);
  latest().opens();

  expect(connections).toHaveLength(2);
  expect(states).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
});

test('a user who disconnects stays disconnected', () => {
  link.open(connect);
  latest().opens();
  link.close();
  latest().breaks();
  vi.advanceTimersByTime(100_000);

  expect(latest().closed).toBe(true);
  expect(connections).toHaveLength(1);
  expect(states).toEqual(['connecting', 'connected', 'closed']);
});

test('the close of a connection that the user left is still told', () => {
  link.open(connect);
  latest().opens();
  link.close();
  latest().breaks();

  expect(events.map(({ kind }) => kind)).toEqual(['open', 'close']);
});

test('disconnecting ends the waiting for the next attempt', () => {
  link.open(connect);
  latest().breaks();
  link.close();
  link.hurry();
  vi.advanceTimersByTime(100_000);

  expect(connections).toHaveLength(1);
  expect(link.state).toBe('closed');
});

test('an old connection does not speak for the new one', () => {
  link.open(connect);
  const old = latest();
  old.opens();
  link.open(connect);
  latest().opens();
  old.breaks();

  expect(link.state).toBe('connected');
});

test('attempts that keep failing wait longer and longer', () => {
  link.open(connect);
  for (let attempt = 0; attempt < 4; attempt++) {
    latest().breaks();
    vi.advanceTimersByTime(1000);
  }

  expect(failures).toEqual([0, 1, 2, 3]);
});

test('a connection that is refused right after it opened counts as failed', () => {
  link.open(connect);
  for (let attempt = 0; attempt < 3; attempt++) {
    latest().opens();
    latest().breaks();
    vi.advanceTimersByTime(1000);
  }

  expect(failures).toEqual([0, 1, 2]);
});

test('a connection that was steady counts as a success', () => {
  link.open(connect);
  latest().breaks();
  vi.advanceTimersByTime(1000);
  latest().opens();
  vi.advanceTimersByTime(5000);
  latest().breaks();

  expect(failures).toEqual([0, 0]);
});

test('a network that comes back is used at once', () => {
  link.open(connect);
  latest().breaks();
  link.hurry();

  expect(connections).toHaveLength(2);
});

test('what cannot be sent is told, not kept', () => {
  link.open(connect);
  link.use((connection) => connection.send('early'));
  latest().opens();
  link.use((connection) => connection.send('in time'));

  expect(events[0]).toMatchObject({ kind: 'error', problem: { text: 'not-connected' } });
  expect(latest().sent).toEqual(['in time']);
});
