import type { FanfareError } from './error.ts';

/**
 * What stands between a client and its server.
 *
 * `connecting` until the first connection, `recovering` between two, `offline` while the browser says there is no
 * network, `closed` for good.
 */
export type State = 'connecting' | 'connected' | 'recovering' | 'offline' | 'closed';

/** Why the state is what it is. */
export interface StateDetail {
  /** The server's name of the session, while connected. */
  session?: string | undefined;
  /** The close code of the connection that ended, and its reason. */
  code?: number | undefined;
  reason?: string | undefined;
  /** What the server, or the token provider, said. */
  error?: FanfareError | undefined;
  /** In how many milliseconds the next attempt is made. */
  retryIn?: number | undefined;
}

/** Headers of a frame, by name. */
export type Headers = Record<string, string>;

/** What passes on the wire, for panels and logs; times are milliseconds since 1970. Tokens and heart-beats are left out. */
export type WireEvent = { at: number } & (
  | { kind: 'open'; session: string }
  | {
      kind: 'frame';
      direction: 'in' | 'out';
      command: string;
      headers: Headers;
      body?: string | Uint8Array | undefined;
    }
  | { kind: 'close'; code: number; reason: string }
  | { kind: 'error'; type?: string | undefined; message: string }
);

/** Why a token is asked for: to connect, because the last one ends soon, or because it was not accepted. */
export type TokenReason = 'connect' | 'expiring' | 'refused';

/** Give a token; `undefined` is a guest. A failure is tried again later. */
export type TokenProvider = (reason: TokenReason) => string | undefined | Promise<string | undefined>;

/** The constructor of WebSockets: a browser's, Node's own from 22 on, or that of the package `ws`. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => object;

export interface ConnectOptions {
  /** A token or key, or what gives one whenever one is needed. */
  token?: string | TokenProvider | undefined;
  /** Share one connection among all tabs of the origin that connect to the same address with this option. */
  oneSocketForAllTabs?: boolean | undefined;
  /** Called with each state, the first one included, from a later task. */
  onState?: ((state: State, detail: StateDetail) => void) | undefined;
  onWire?: ((event: WireEvent) => void) | undefined;
  /** Needed where there is no global `WebSocket`: Node before 22. */
  webSocket?: WebSocketConstructor | undefined;
  /** Further headers of CONNECT, such as `client-id`. */
  headers?: Headers | undefined;
  /** Messages that may wait for their answer, queued or sent: 1,000 unless said. */
  maxPending?: number | undefined;
  /** Bytes of their bodies: 4 MiB unless said. */
  maxPendingBytes?: number | undefined;
  /** Milliseconds for which the server remembers an idempotency key: ten minutes unless said, as the server's rules. */
  idempotencyWindow?: number | undefined;
  /** Milliseconds between the heart-beats that the server is asked for; 10,000 unless said, 0 for none. */
  heartbeat?: number | undefined;
  /** Milliseconds that an attempt may take: 10,000 unless said. */
  connectTimeout?: number | undefined;
  /** The first wait before another attempt and the longest, in milliseconds: 500 and 30,000 unless said. */
  firstWait?: number | undefined;
  longestWait?: number | undefined;
  /** Where the script for the SharedWorker is; beside the client's own unless said. `false` does without one. */
  worker?: string | URL | false | undefined;
}

/** Something that was published, as it came. */
export interface Publication {
  /** The topic's name; `undefined` for messages of other destinations. */
  readonly topic: string | undefined;
  readonly destination: string;
  /** `epoch:offset`, the same for every subscriber; `undefined` where the destination keeps no order. */
  readonly position: string | undefined;
  /** When the topic accepted it, in milliseconds since 1970. */
  readonly timestamp: number | undefined;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Headers>;
  readonly bytes: Uint8Array;
  /** The bytes read as UTF-8. */
  text(): string;
  /** The bytes read as JSON; throws a `SyntaxError` if they are none. */
  json<T = unknown>(): T;
}

/** What the server could not give: everything between the two positions, or nobody knows what. */
export interface Gap {
  /** The last position that was delivered. */
  after: string | undefined;
  /** The first one after the gap, or where the topic stands. */
  position: string | undefined;
}

/** What the server said when a subscription went live. */
export interface Subscribed {
  /** Whether nothing is missing of what was asked for, or of what was published since the last connection. */
  recovered: boolean;
  /** Where the topic stands: everything after it is still to come. */
  position: string | undefined;
  /** How many publications of the past were sent. */
  replayed: number;
}

export interface SubscribeOptions {
  onPublication?: ((publication: Publication) => void) | undefined;
  /** Start after this position. */
  resume?: string | undefined;
  /** Start in the past: `all`, `last=50`, `since=2026-08-01T10:00Z`. */
  replay?: string | undefined;
  onGap?: ((gap: Gap) => void) | undefined;
  /** Called each time it is live, after what was missed. */
  onLive?: ((subscribed: Subscribed) => void) | undefined;
  /** Called once, when the server refuses it for good; the subscription has ended then. */
  onError?: ((error: FanfareError) => void) | undefined;
  /** Further headers of SUBSCRIBE. */
  headers?: Headers | undefined;
}

export interface Subscription {
  readonly destination: string;
  /** The last position that was delivered, or where the topic stood when it went live: what to resume after. */
  readonly position: string | undefined;
  /** Resolves when it is live for the first time, rejects with a FanfareError if it never will be. */
  readonly live: Promise<Subscribed>;
  /** End it; nothing is delivered any more. */
  unsubscribe(): void;
}

/** A string goes out as text, bytes as they are, `undefined` as nothing, everything else as JSON. */
export type Body = unknown;

export interface SendOptions {
  /** Of the body, where the usual one is not right. */
  contentType?: string | undefined;
  headers?: Headers | undefined;
  /**
   * Names this message, so that it counts once however often it is sent; made up unless given. `false` sends it once
   * and without one, as topics want it that remember none.
   */
  idempotencyKey?: string | false | undefined;
  /** Gives up waiting; what was sent already may have been stored. */
  signal?: AbortSignal | undefined;
}

/** The server's answer to a message. */
export interface Receipt {
  readonly headers: Readonly<Headers>;
}

/** The server's answer to a publication. */
export interface Stored extends Receipt {
  readonly position: string;
  /** Whether it had been stored before under the same key. */
  readonly duplicate: boolean;
}

export interface Client {
  readonly state: State;
  /** The server's name of the session, while connected. */
  readonly session: string | undefined;
  /**
   * Subscribe to a topic by its name, or to any destination, now and after each reconnect.
   *
   * @param destination `scores`, `/topic/scores`, `/user/queue/replies`
   */
  subscribe(destination: string, options?: SubscribeOptions): Subscription;
  /** Publish to a topic; resolves when it is stored, rejects with a FanfareError. */
  publish(topic: string, body: Body, options?: SendOptions): Promise<Stored>;
  /** Send to any destination; resolves with the RECEIPT, rejects with a FanfareError. */
  send(destination: string, body?: Body, options?: SendOptions): Promise<Receipt>;
  /** Milliseconds to the server and back. */
  ping(): Promise<number>;
  /** Call a listener with each state, or with all that passes on the wire; what comes back stops that. */
  on(event: 'state', listener: (state: State, detail: StateDetail) => void): () => void;
  on(event: 'wire', listener: (event: WireEvent) => void): () => void;
  /** Drop the connection as a lost network does; it comes back by itself. */
  interrupt(): void;
  /** End; what has no answer by then is rejected. */
  close(): Promise<void>;
}
