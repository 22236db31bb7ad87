import { FanfareClient } from './fanfare-client.ts';
import type { Link, LinkListener } from './link.ts';
import { SocketLink } from './socket-link.ts';
import { nameOf } from './tabs/names.ts';
import { canShare, openTabLink } from './tabs/open.ts';
import { GivenTokens } from './tokens.ts';
import type { Client, ConnectOptions, WebSocketConstructor } from './types.ts';

const MINUTE = 60_000;

/**
 * Connect to a server, and stay connected until {@link Client#close}.
 *
 * It begins at once and does not fail for a network that does; a mistake in what it is given is a `TypeError`.
 * @param address of the server's STOMP endpoint: `wss://example.org/ws`, or in a page `/ws`
 */
export function connect(address: string | URL, options: ConnectOptions = {}): Client {
  const { maxPending = 1_000, maxPendingBytes = 4 * 1024 * 1024, idempotencyWindow = 10 * MINUTE } = options;
  const openLink = linkTo(webSocketUrl(address), options);
  const client = new FanfareClient({ maxPending, maxPendingBytes, idempotencyWindow }, openLink);
  if (options.onState) {
    client.on('state', options.onState);
  }
  if (options.onWire) {
    client.on('wire', options.onWire);
  }
  return client;
}

function linkTo(url: string, options: ConnectOptions): (listener: LinkListener) => Link {
  const {
    token,
    oneSocketForAllTabs = false,
    webSocket = globalThis.WebSocket as WebSocketConstructor | undefined,
    headers = {},
    heartbeat = 10_000,
    connectTimeout = 10_000,
    firstWait = 500,
    longestWait = 30_000,
    worker,
  } = options;
  const tokens = new GivenTokens(token);
  const common = { url, headers, heartbeat, connectTimeout, tokens, waits: { first: firstWait, longest: longestWait } };
  if (!webSocket) {
    throw new TypeError("There is no WebSocket here: give that of the package 'ws' as the option webSocket");
  }
  const openOwn = (listener: LinkListener) => new SocketLink({ ...common, webSocket }, listener);
  if (oneSocketForAllTabs && canShare()) {
    const openWorker = worker === false ? undefined : (name: string) => openSharedWorker(name, worker);
    return (listener) => openTabLink({ ...common, name: nameOf(url) }, openWorker, openOwn, listener);
  }
  return openOwn;
}

/** Written so that bundlers see that the worker is a file of its own. */
function openSharedWorker(name: string, script: string | URL | undefined): SharedWorker {
  if (script !== undefined) {
    return new SharedWorker(script, { type: 'module', name });
  }
  return new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
}

function webSocketUrl(address: string | URL): string {
  const url = new URL(address, typeof location === 'undefined' ? undefined : location.href);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!/^wss?:$/.test(url.protocol)) {
    throw new TypeError(`Not an address of WebSockets: ${url}`);
  }
  return url.href;
}
