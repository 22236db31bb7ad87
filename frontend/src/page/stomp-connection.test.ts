import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionEvent } from './connection.ts';
import { StompConnection } from './stomp-connection.ts';

/** A server in one object: keeps what it was sent, and says what the test has it say. */
class FakeWebSocket {
  static latest: FakeWebSocket;

  readonly sent: string[] = [];
  readyState = 0;
  onopen = () => {};
  onmessage = (_: { data: string }) => {};
  onclose = (_: { code: number; reason: string }) => {};
  onerror = () => {};

  constructor(readonly url: string) {
    FakeWebSocket.latest = this;
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.ends(1005, '');
  }

  opens(): void {
    this.readyState = 1;
    this.onopen();
    this.says('CONNECTED\nversion:1.2\nsession:s-1\nheart-beat:0,0\n\n');
  }

  says(frame: string): void {
    this.onmessage({ data: `${frame}\0` });
  }

  ends(code: number, reason: string): void {
    this.readyState = 3;
    this.onclose({ code, reason });
  }

  receiptOf(destination: string): string {
    const frame = this.sent.find(
      (each) => each.startsWith('SUBSCRIBE') && each.includes(`destination:${destination}\n`),
    );
    return /^receipt:(.*)$/m.exec(frame ?? '')?.[1] ?? '';
  }
}

let events: ConnectionEvent[];
let confirmed: string[];
let refused: string[];
let connection: StompConnection;
let server: FakeWebSocket;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', FakeWebSocket);
  [events, confirmed, refused] = [[], [], []];
  connection = new StompConnection('ws://example.org/ws', {
    onEvent: (event) => events.push(event),
    onSubscribed: (destination) => confirmed.push(destination),
    onRefused: (destination) => refused.push(destination),
  });
  await vi.waitFor(() => expect(FakeWebSocket.latest).toBeDefined());
  server = FakeWebSocket.latest;
  server.opens();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the session is the one the server named', () => {
  expect(events).toMatchObject([{ kind: 'open', direction: 'in', session: 's-1' }]);
});

test('a subscription is confirmed by its receipt', () => {
  connection.subscribe('/topic/a');
  expect(confirmed).toEqual([]);

  server.says(`RECEIPT\nreceipt-id:${server.receiptOf('/topic/a')}\n\n`);

  expect(confirmed).toEqual(['/topic/a']);
});

test('an error refuses the subscription it names', () => {
  connection.subscribe('/topic/a');
  connection.subscribe('/topic/b');

  server.says(`ERROR\nmessage:No\nreceipt-id:${server.receiptOf('/topic/b')}\n\n`);

  expect(refused).toEqual(['/topic/b']);
});

test('an error that names nothing refuses what was not yet confirmed', () => {
  connection.subscribe('/topic/a');
  server.says(`RECEIPT\nreceipt-id:${server.receiptOf('/topic/a')}\n\n`);
  connection.subscribe('/topic/b');

  server.says('ERROR\nmessage:No\n\n');

  expect(refused).toEqual(['/topic/b']);
});

test('an error is told in the words of the server, once', () => {
  server.says('ERROR\nmessage:Not a name\ntype:bad-name\n\nNot a name: try letters.');
  server.says('ERROR\nmessage:Not a name\n\nTry letters.');

  expect(events.slice(1)).toMatchObject([
    { kind: 'error', problem: { from: 'server', text: 'Not a name: try letters.', type: 'bad-name' } },
    { kind: 'error', problem: { from: 'server', text: 'Not a name: Try letters.' } },
  ]);
});

test('the server ends with its code and reason', () => {
  server.ends(1012, 'Back soon');

  expect(events.at(-1)).toMatchObject({ kind: 'close', direction: 'in', code: 1012, reason: 'Back soon' });
});

test('who leaves says so and is not told of errors', () => {
  connection.close();
  expect(server.sent.at(-1)).toMatch(/^DISCONNECT\n/);

  server.onerror();
  server.ends(1000, '');

  expect(events.slice(1)).toMatchObject([{ kind: 'close', direction: 'out', code: 1000 }]);
});
