import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeWebSocket } from './fake-web-socket.ts';
import { connect, type Client, type ConnectOptions, type State, type StateDetail } from './index.ts';

let states: [State, StateDetail][];
let client: Client;
/** Of a page; Node has nothing that tells of networks. */
let surroundings: EventTarget;
let navigator: { onLine: boolean };

const words = () => states.map(([state]) => state);
const latest = () => FakeWebSocket.latest;
const sockets = () => FakeWebSocket.all.length;

/** The promises of attempts are kept, whatever the clock says. */
const settled = () => vi.advanceTimersByTimeAsync(0);

/** As soon as it said it would. */
const comesBack = () => vi.advanceTimersByTimeAsync(states.at(-1)?.[1].retryIn ?? 0);

async function start(options: ConnectOptions = {}): Promise<void> {
  states = [];
  client = connect('ws://example.org/ws', {
    webSocket: FakeWebSocket,
    onState: (state, detail) => states.push([state, detail]),
    ...options,
  });
  await settled();
}

async function connected(options: ConnectOptions = {}): Promise<void> {
  await start(options);
  latest().opens();
  await settled();
}

beforeEach(() => {
  vi.useFakeTimers();
  surroundings = new EventTarget();
  navigator = { onLine: true };
  vi.stubGlobal('navigator', navigator);
  vi.stubGlobal('addEventListener', surroundings.addEventListener.bind(surroundings));
  vi.stubGlobal('removeEventListener', surroundings.removeEventListener.bind(surroundings));
  vi.spyOn(Math, 'random').mockReturnValue(1);
  FakeWebSocket.all = [];
});

afterEach(async () => {
  const closing = client.close();
  latest().ends(1000);
  await closing;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('it begins at once, and says where it is', async () => {
  await start();
  expect([client.state, sockets()]).toEqual(['connecting', 1]);

  latest().opens('ada-1');
  await settled();

  expect([client.state, client.session]).toEqual(['connected', 'ada-1']);
  expect(words()).toEqual(['connecting', 'connected']);
});

test('an attempt that fails is followed by others, further and further apart', async () => {
  await start();
  for (const wait of [500, 1000, 2000]) {
    latest().ends(1006);
    expect(states.at(-1)).toMatchObject(['connecting', { code: 1006, retryIn: wait }]);
    await vi.advanceTimersByTimeAsync(wait - 1);
    const before = sockets();
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets()).toBe(before + 1);
  }
});

test('one that is neither let in nor refused is given up', async () => {
  await start({ connectTimeout: 4000 });

  await vi.advanceTimersByTimeAsync(4000);

  expect(states.at(-1)).toMatchObject(['connecting', { code: 1006, reason: 'connect-timeout' }]);
});

test('a connection that held is followed by the next at the first wait again', async () => {
  await start();
  latest().ends(1006);
  await vi.advanceTimersByTimeAsync(500);
  latest().opens();
  await vi.advanceTimersByTimeAsync(10_001);

  latest().ends(1006);

  expect(states.at(-1)).toMatchObject(['recovering', { retryIn: 500 }]);
});

test('a server that lets in and closes at once is not hammered', async () => {
  await start();
  for (const wait of [500, 1000, 2000]) {
    latest().opens();
    latest().ends(1013, 'slow-reader');
    expect(states.at(-1)?.[1].retryIn).toBe(wait);
    await vi.advanceTimersByTimeAsync(wait);
  }
});

test('it comes back when the server that restarts has asked to, and not before', async () => {
  await connected();
  latest().ends(1012, 'service-restart; retry-after=4');

  surroundings.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(3999);
  expect(sockets()).toBe(1);
  await vi.advanceTimersByTimeAsync(1001);
  expect(sockets()).toBe(2);
});

test('a full server is asked again when its ERROR says so', async () => {
  await start();
  latest().opens();
  latest().says('ERROR', { type: 'too-many-connections', message: 'Too many', 'retry-after': '8' });
  latest().ends(1013, 'limit-reached: too-many-connections');

  expect(states.at(-1)).toMatchObject([
    'recovering',
    { code: 1013, retryIn: 10_000, error: { type: 'too-many-connections', retryAfter: 8 } },
  ]);
});

test.each([
  [1008, 'not-allowed'],
  [4010, 'operator'],
  [4003, 'not-admitted'],
  [4005, 'token-revoked'],
])('after %i it is closed for good, and what waits is rejected', async (code, reason) => {
  await connected();
  const waiting = client.publish('scores', 'never');
  const rejected = expect(waiting).rejects.toMatchObject({ type: 'closed', message: `Closed: ${code} ${reason}` });

  latest().ends(code, reason);

  await rejected;
  expect(states.at(-1)).toMatchObject(['closed', { code, reason }]);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(sockets()).toBe(1);
  await expect(client.send('/app/x')).rejects.toMatchObject({ type: 'closed' });
  await expect(client.subscribe('scores').live).rejects.toMatchObject({ type: 'closed' });
});

test('a token is asked for before each connection, and shown in CONNECT', async () => {
  const token = vi.fn((reason: string) => Promise.resolve(`${reason}-${token.mock.calls.length}`));
  await connected({ token, headers: { 'client-id': 'desk' } });
  const connectOf = (socket: FakeWebSocket | undefined) => socket?.sent.find((frame) => frame.startsWith('CONNECT\n'));
  expect(connectOf(latest())).toContain('\nAuthorization:Bearer connect-1\n');
  expect(connectOf(latest())).toContain('\nclient-id:desk\n');

  latest().ends(4004, 'token-expired');
  await comesBack();
  latest().accepts();

  expect(connectOf(latest())).toContain('Bearer refused-2');
});

test('a new token that is refused as well is asked for once more, and then no more', async () => {
  const token = vi.fn(() => 'bad');
  await start({ token });
  for (let attempt = 0; attempt < 10 && client.state !== 'closed'; attempt++) {
    latest().accepts();
    latest().says('ERROR', { type: 'invalid-credentials', message: 'Not valid' });
    latest().ends(4003, 'not-admitted');
    await comesBack();
  }

  expect(states.at(-1)).toMatchObject(['closed', { code: 4003, error: { type: 'invalid-credentials' } }]);
  expect(token).toHaveBeenCalledTimes(3);
});

test('a provider that fails, or gives nothing for half a minute, is asked again', async () => {
  const token = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error('Signed out'))
    .mockReturnValueOnce(new Promise(() => {}))
    .mockResolvedValue('good');
  await start({ token });
  expect(states.at(-1)).toMatchObject(['connecting', { error: { type: 'no-token', message: 'Signed out' } }]);

  await vi.advanceTimersByTimeAsync(500);
  await vi.advanceTimersByTimeAsync(30_000);
  await vi.advanceTimersByTimeAsync(1000);

  expect(token).toHaveBeenCalledTimes(3);
  expect(sockets()).toBe(1);
});

test('a token that ends soon is replaced on the connection, again if that is refused', async () => {
  const token = vi.fn((reason: string) => `${reason}-${token.mock.calls.length}`);
  await connected({ token });
  const notice = {
    subscription: latest().frame('SUBSCRIBE', 'destination', '/user/queue/session')['id'] ?? '',
    destination: '/user/queue/session',
    'message-id': 'session-1',
  };
  latest().says('MESSAGE', notice, JSON.stringify({ type: 'token-expires', expires: Date.now() + 30_000 }));
  await settled();
  const first = latest().frame('SEND', 'Authorization', 'Bearer expiring-2');
  expect(first).toMatchObject({ destination: '/app/session/refresh' });

  latest().says('MESSAGE', {
    subscription: latest().frame('SUBSCRIBE', 'destination', '/user/queue/errors')['id'] ?? '',
    destination: '/user/queue/errors',
    type: 'keys-unavailable',
    message: 'Later',
    'receipt-id': first['receipt'] ?? '',
  });
  await vi.advanceTimersByTimeAsync(5000);

  expect(latest().frame('SEND', 'Authorization', 'Bearer expiring-3')).toBeTruthy();
  expect(client.state).toBe('connected');
});

test('a provider that fails when the connection has ended is not asked for it again', async () => {
  let fail = (_: Error) => {};
  const token = vi.fn((reason: string) =>
    reason === 'expiring' ? new Promise<string>((_, reject) => (fail = reject)) : 'good',
  );
  await connected({ token });
  const notice = { subscription: 'fanfare-/user/queue/session', destination: '/user/queue/session' };
  latest().says('MESSAGE', notice, JSON.stringify({ type: 'token-expires', expires: Date.now() + 30_000 }));
  latest().ends(4010, 'operator');

  fail(new Error('Signed out'));
  await vi.advanceTimersByTimeAsync(30_000);

  expect(token.mock.calls).toEqual([['connect'], ['expiring']]);
});

test('what comes after it was closed is not passed on', async () => {
  const told: string[] = [];
  await connected({ onWire: ({ kind }) => told.push(kind) });
  const closing = client.close();

  latest().says('MESSAGE', { subscription: 'scores', destination: '/topic/scores', 'message-id': 'e:1' }, 'x');
  latest().ends(1000);
  await closing;

  expect(told).toEqual(['open', 'close']);
});

test('a subscription that is refused for a time is asked for again then', async () => {
  await connected();
  const onError = vi.fn();
  client.subscribe('scores', { onError });
  const [asked] = latest().frames('SUBSCRIBE');

  latest().says('MESSAGE', {
    subscription: 'fanfare-/user/queue/errors',
    destination: '/user/queue/errors',
    type: 'too-many-subscriptions',
    message: 'Later',
    'receipt-id': asked?.['receipt'] ?? '',
    'retry-after': '3',
  });
  await vi.advanceTimersByTimeAsync(3749);
  expect(latest().frames('SUBSCRIBE')).toEqual([asked]);
  await vi.advanceTimersByTimeAsync(1);

  expect(latest().frames('SUBSCRIBE')).toEqual([asked, asked]);
  expect(onError).not.toHaveBeenCalled();
});

test('an id is free again when the server has nothing more to send to it', async () => {
  await connected();
  const subscribe = () => client.subscribe('scores');
  subscribe().unsubscribe();
  subscribe();
  const [end] = latest().frames('UNSUBSCRIBE');
  latest().says('RECEIPT', { 'receipt-id': end?.['receipt'] ?? '' });
  subscribe();

  expect(
    latest()
      .frames('SUBSCRIBE')
      .map(({ id }) => id),
  ).toEqual(['scores', 'scores#2', 'scores']);
});

test('an id is free again when there was nothing to end', async () => {
  await connected();
  client.subscribe('scores').unsubscribe();
  const [end] = latest().frames('UNSUBSCRIBE');
  latest().says('MESSAGE', {
    subscription: 'fanfare-/user/queue/errors',
    destination: '/user/queue/errors',
    type: 'unknown-subscription',
    message: 'No such subscription',
    'receipt-id': end?.['receipt'] ?? '',
  });
  client.subscribe('scores');

  expect(
    latest()
      .frames('SUBSCRIBE')
      .map(({ id }) => id),
  ).toEqual(['scores', 'scores']);
});

test('a frame that the connection dies of is given up, and the rest goes on', async () => {
  await connected();
  const poison = client.publish('scores', 'poison', { headers: { big: 'x' } });
  const rejected = expect(poison).rejects.toMatchObject({ type: 'header-too-long' });
  for (let death = 0; death < 3; death++) {
    expect(latest().frames('SEND')).toHaveLength(1);
    latest().says('ERROR', { type: 'header-too-long', message: 'Too long' });
    latest().ends(1002, 'protocol-error: header-too-long');
    await comesBack();
    latest().opens();
    await settled();
  }

  await rejected;
  expect(latest().frames('SEND')).toEqual([]);
  expect(client.state).toBe('connected');
});

test('what passes is told, without tokens', async () => {
  const told: string[] = [];
  await connected({
    token: 'secret',
    onWire: (event) => told.push(event.kind === 'frame' ? `${event.direction} ${event.command}` : event.kind),
  });
  client.subscribe('scores');
  latest().says('MESSAGE', { subscription: 'scores', destination: '/topic/scores', 'message-id': 'e:1' }, 'x');
  latest().says('ERROR', { type: 'internal-error', message: 'Oops' });
  latest().ends(1011, 'internal-error');

  expect(told).toEqual(['open', 'out SUBSCRIBE', 'in MESSAGE', 'error', 'in ERROR', 'close']);
});

test('where there is no WebSocket, or no such address, is a mistake that is told at once', async () => {
  await start();
  vi.stubGlobal('WebSocket', undefined);

  expect(() => connect('ws://example.org/ws')).toThrow("give that of the package 'ws'");
  expect(() => connect('ftp://example.org/ws', { webSocket: FakeWebSocket })).toThrow('ftp://example.org/ws');
  expect(() => connect('/ws', { webSocket: FakeWebSocket })).toThrow(TypeError);
});

test('a network that comes back is used at once', async () => {
  await start();
  for (let failures = 0; failures < 8; failures++) {
    latest().ends(1006);
    await comesBack();
  }
  navigator.onLine = false;
  latest().ends(1006);
  expect(states.at(-1)).toMatchObject(['offline', { retryIn: 30_000 }]);

  navigator.onLine = true;
  surroundings.dispatchEvent(new Event('online'));
  const before = sockets();
  await vi.advanceTimersByTimeAsync(300);

  expect(words().at(-1)).toBe('connecting');
  expect(sockets()).toBe(before + 1);
});

test('a browser that says it is offline is believed as far as the server cannot be reached', async () => {
  await connected();
  navigator.onLine = false;
  surroundings.dispatchEvent(new Event('offline'));
  const [ping] = latest().sent.filter((frame) => frame.includes('/user/queue/ping'));
  expect(client.state).toBe('connected');
  expect(ping).toBeDefined();

  await vi.advanceTimersByTimeAsync(5000);

  expect(states.at(-1)).toMatchObject(['offline', { code: 1006, reason: 'silent' }]);
});

test('a connection that answers when the network has changed stays', async () => {
  await connected();
  surroundings.dispatchEvent(new Event('online'));
  surroundings.dispatchEvent(new Event('online'));
  const { receipt = '' } = latest().frame('SUBSCRIBE', 'destination', '/user/queue/ping');
  latest().says('RECEIPT', { 'receipt-id': receipt });

  await vi.advanceTimersByTimeAsync(60_000);

  expect(client.state).toBe('connected');
});

test('a connection on which a ping is refused is there all the same', async () => {
  await connected();
  surroundings.dispatchEvent(new Event('online'));
  latest().says('MESSAGE', {
    subscription: 'fanfare-/user/queue/errors',
    destination: '/user/queue/errors',
    type: 'too-many-subscriptions',
    message: 'Later',
    'receipt-id': latest().frame('SUBSCRIBE', 'destination', '/user/queue/ping')['receipt'] ?? '',
  });

  await vi.advanceTimersByTimeAsync(60_000);

  expect(words()).toEqual(['connecting', 'connected']);
});

test('pings measure the way there and back', async () => {
  await connected();
  const ping = client.ping();
  await vi.advanceTimersByTimeAsync(12);
  latest().says('RECEIPT', {
    'receipt-id': latest().frame('SUBSCRIBE', 'destination', '/user/queue/ping')['receipt'] ?? '',
  });

  expect(await ping).toBe(12);
  latest().ends(1006);
  await expect(client.ping()).rejects.toMatchObject({ type: 'not-connected' });
});
