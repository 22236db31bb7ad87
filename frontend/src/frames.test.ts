import { Client, type IFrame, type StompHeaders } from '@stomp/stompjs';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

/** The examples that the server's tests read too; see the README beside them. */
const folder = new URL('../../src/test/resources/frames/', import.meta.url);
const read = <T>(file: string): T[] => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

interface Body {
  body?: string;
  bodyBase64?: string;
}

interface Frame extends Body {
  command: string;
  headers: Record<string, string>;
}

interface Bytes {
  name: string;
  version: string;
  bytes?: string;
  bytesBase64?: string;
}

type FromServer = Frame & Bytes & { read?: Record<string, string>; stompjs?: boolean };
type FromClient = Bytes & { frames: [Frame]; stompjs?: boolean };

const decode = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const encode = (text: string) => new TextEncoder().encode(text);
const bodyOf = ({ body = '', bodyBase64 }: Body) => (bodyBase64 === undefined ? encode(body) : decode(bodyBase64));
const messageOf = ({ bytes = '', bytesBase64 }: Bytes) =>
  bytesBase64 === undefined ? bytes : decode(bytesBase64).buffer;

/** A server in one object: keeps what it was sent, and says what the test has it say. */
class FakeWebSocket {
  readonly url = 'ws://example.org/ws';
  readonly sent: (string | ArrayBuffer)[] = [];
  binaryType = 'arraybuffer' as const;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;

  send(message: string | ArrayBuffer): void {
    this.sent.push(message);
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(data: string | ArrayBuffer): void {
    this.onmessage?.({ data });
  }
}

/** A client of stompjs that has sent CONNECT, and all that it reads. */
async function client(connectHeaders: StompHeaders = {}) {
  const server = new FakeWebSocket();
  const frames: IFrame[] = [];
  const keep = (frame: IFrame) => void frames.push(frame);
  const created = new Client({
    webSocketFactory: () => server,
    connectHeaders,
    disconnectHeaders: { receipt: 'bye' },
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    reconnectDelay: 0,
    onConnect: keep,
    onUnhandledMessage: keep,
    onUnhandledReceipt: keep,
    onStompError: keep,
  });
  created.activate();
  await vi.waitFor(() => expect(server.onopen).not.toBeNull(), { interval: 1 });
  server.opens();
  return { client: created, server, frames };
}

const connected = (version: string) => `CONNECTED\nversion:${version}\n\n\0`;

test.each(read<FromServer>('from-server.json').filter(({ stompjs = true }) => stompjs))(
  'a browser reads: $name',
  async (vector) => {
    const { server, frames } = await client();
    if (vector.command !== 'CONNECTED') server.says(connected(vector.version));

    server.says(messageOf(vector));

    const frame = frames.at(-1);
    const length = bodyOf(vector).length;
    expect(frame?.command).toBe(vector.command);
    expect(frame?.headers).toEqual({
      ...(vector.read ?? vector.headers),
      ...(length > 0 ? { 'content-length': String(length) } : {}),
    });
    expect(frame?.binaryBody).toEqual(bodyOf(vector));
  },
);

test.each(read<FromServer>('from-server.json').filter(({ stompjs = true }) => !stompjs))(
  'stompjs still reads otherwise: $name',
  async (vector) => {
    const { server, frames } = await client();
    server.says(connected(vector.version));

    server.says(messageOf(vector));

    expect(frames.at(-1)?.command).toBe(vector.command);
    expect(frames.at(-1)?.headers).not.toEqual(vector.headers);
  },
);

test.each(read<FromClient>('from-client.json').filter(({ stompjs = false }) => stompjs))(
  'a browser writes: $name',
  async (vector) => {
    const [frame] = vector.frames;
    const { passcode } = frame.headers;
    const { client: writer, server } = await client(passcode === undefined ? {} : { passcode });
    if (frame.command !== 'CONNECT') {
      server.says(connected(vector.version));
      write(writer, server, frame);
    }

    expect(server.sent.at(-1)).toEqual(messageOf(vector));
  },
);

function write(writer: Client, server: FakeWebSocket, frame: Frame): void {
  const { destination = '', id = '', transaction = '', ...headers } = frame.headers;
  switch (frame.command) {
    case 'SEND': {
      const { 'content-length': _, ...others } = headers;
      const content = frame.bodyBase64 === undefined ? { body: frame.body ?? '' } : { binaryBody: bodyOf(frame) };
      writer.publish({ destination, headers: transaction ? { transaction, ...others } : others, ...content });
      return;
    }
    case 'SUBSCRIBE':
      writer.subscribe(destination, () => {}, { id, ...headers });
      return;
    case 'UNSUBSCRIBE':
      writer.unsubscribe(id);
      return;
    case 'ACK':
    case 'NACK': {
      // The ids come from the MESSAGE that is acknowledged.
      const answer = frame.command === 'ACK' ? 'ack' : 'nack';
      const message = id || frame.headers['message-id'] || '';
      writer.subscribe('/topic/a', (received) => received[answer](), { id: '1' });
      server.says(`MESSAGE\nsubscription:1\nmessage-id:${message}\nack:${message}\n\n\0`);
      return;
    }
    case 'BEGIN':
      writer.begin(transaction);
      return;
    case 'COMMIT':
      writer.commit(transaction);
      return;
    case 'ABORT':
      writer.abort(transaction);
      return;
    case 'DISCONNECT':
      void writer.deactivate();
      return;
    default:
      throw new Error(`No example of ${frame.command} from stompjs is expected`);
  }
}
