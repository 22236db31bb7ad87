import { Client, type IFrame, type StompHeaders } from '@stomp/stompjs';
import { deferred } from './deferred.ts';
import type { Frame } from './link.ts';
import type { Headers, WebSocketConstructor } from './types.ts';

export const LOST = 1006;

export interface SocketOptions {
  url: string;
  webSocket: WebSocketConstructor;
  headers: Headers;
  /** Milliseconds; see {@link ConnectOptions}. */
  heartbeat: number;
  connectTimeout: number;
}

export interface SocketListener {
  onConnected(headers: Headers): void;
  onFrame(frame: Frame): void;
  /** The last call. */
  onClosed(code: number, reason: string): void;
}

/** As Node has it. */
interface Response {
  statusCode: number;
  headers: Record<string, string | undefined>;
}

const PROTOCOLS = ['v12.stomp', 'v11.stomp', 'v10.stomp'];
const FAREWELL = 2_000;
/** Browsers let the timers of a hidden page run once a minute; the server allows for twice what it was promised. */
const OWN_HEARTBEAT = 45_000;

/** One STOMP connection, from its opening to its close; it is not opened again. */
export class Socket {
  private readonly listener: SocketListener;
  private readonly client: Client;
  private readonly timer: ReturnType<typeof setTimeout>;
  private ended = false;

  constructor({ url, webSocket, headers, heartbeat, connectTimeout }: SocketOptions, listener: SocketListener) {
    this.listener = listener;
    const socket = new webSocket(url, PROTOCOLS);
    heedRefusedHandshake(socket, (reason) => this.drop(reason));
    this.client = new Client({
      webSocketFactory: () => socket as WebSocket,
      connectHeaders: headers,
      reconnectDelay: 0, // SocketLink opens the next one.
      heartbeatOutgoing: OWN_HEARTBEAT,
      heartbeatIncoming: heartbeat,
      onConnect: (frame) => this.connected(frame),
      onUnhandledReceipt: (frame) => this.received(frame),
      onUnhandledMessage: (frame) => this.received(frame),
      onStompError: (frame) => this.received(frame),
      onHeartbeatLost: () => this.drop('silent'),
      onWebSocketClose: ({ code, reason }: CloseEvent) => this.closed(code, reason),
    });
    this.timer = setTimeout(() => this.drop('connect-timeout'), connectTimeout);
    this.client.activate();
  }

  send({ command, headers, body }: Frame): void {
    if (!this.client.connected) {
      return;
    }
    switch (command) {
      case 'SEND':
        return this.client.publish({ destination: headers['destination'] ?? '', headers, ...asContent(body) });
      case 'SUBSCRIBE':
        this.client.subscribe(headers['destination'] ?? '', (message) => this.received(message), headers);
        return;
      case 'UNSUBSCRIBE':
        return this.client.unsubscribe(headers['id'] ?? '', headers);
      default:
        throw new TypeError(`Not a frame that clients send: ${command}`);
    }
  }

  /** End it without a word, as a lost network does. */
  drop(reason: string): void {
    if (!this.ended) {
      this.closed(LOST, reason);
      void this.client.deactivate({ force: true });
    }
  }

  /** Say DISCONNECT and wait for the server to close, for a moment. */
  async close(): Promise<void> {
    const late = deferred<void>();
    const timer = setTimeout(late.resolve, FAREWELL);
    await Promise.race([this.client.deactivate(), late.promise]);
    clearTimeout(timer);
    this.drop('no-farewell');
  }

  private connected({ headers }: IFrame): void {
    clearTimeout(this.timer);
    this.listener.onConnected(copy(headers));
  }

  private received(frame: IFrame): void {
    if (!this.ended) {
      this.listener.onFrame({ command: frame.command, headers: copy(frame.headers), body: frame.binaryBody });
    }
  }

  private closed(code: number, reason: string): void {
    clearTimeout(this.timer);
    if (!this.ended) {
      this.ended = true;
      this.listener.onClosed(code, reason);
    }
  }
}

/** The package `ws` shows what browsers hide: why a handshake was refused, and when to come back. */
function heedRefusedHandshake(socket: object, refused: (reason: string) => void): void {
  if ('on' in socket && typeof socket.on === 'function') {
    socket.on('unexpected-response', (_: unknown, { statusCode, headers }: Response) => {
      const wait = headers['retry-after'];
      refused(`handshake: ${statusCode}${wait === undefined ? '' : `; retry-after=${wait}`}`);
    });
  }
}

function asContent(body: Frame['body']): { body: string } | { binaryBody: Uint8Array } {
  return body instanceof Uint8Array ? { binaryBody: body } : { body: body ?? '' };
}

function copy(headers: StompHeaders): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
}
