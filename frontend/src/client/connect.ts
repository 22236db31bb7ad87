import { FanfareClient } from './fanfare-client.ts';
import { SocketLink } from './socket-link.ts';
import type { Client, ConnectOptions, WebSocketConstructor } from './types.ts';

const MINUTE = 60_000;

/**
 * Connect to a server, and stay connected until {@link Client#close}.
 *
 * It begins at once and does not fail for a network that does; a mistake in what it is given is a `TypeError`.
 * @param address of the server's STOMP endpoint: `wss://example.org/ws`, or in a page `/ws`
 */
export function connect(address: string | URL, options: ConnectOptions = {}): Client {
  const {
    token,
    onState,
    onWire,
    webSocket = globalThis.WebSocket as WebSocketConstructor | undefined,
    headers = {},
    maxPending = 1_000,
    maxPendingBytes = 4 * 1024 * 1024,
    idempotencyWindow = 10 * MINUTE,
    heartbeat = 10_000,
    connectTimeout = 10_000,
    firstWait = 500,
    longestWait = 30_000,
  } = options;
  const url = webSocketUrl(address);
  if (!webSocket) {
    throw new TypeError("There is no WebSocket here: give that of the package 'ws' as the option webSocket");
  }
  const waits = { first: firstWait, longest: longestWait };
  const socket = { url, webSocket, headers, heartbeat, connectTimeout, token, waits };
  const client = new FanfareClient(
    { maxPending, maxPendingBytes, idempotencyWindow },
    (listener) => new SocketLink(socket, listener),
  );
  if (onState) {
    client.on('state', onState);
  }
  if (onWire) {
    client.on('wire', onWire);
  }
  return client;
}

function webSocketUrl(address: string | URL): string {
  const url = new URL(address, typeof location === 'undefined' ? undefined : location.href);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!/^wss?:$/.test(url.protocol)) {
    throw new TypeError(`Not an address of WebSockets: ${url}`);
  }
  return url.href;
}
