import type { Waits } from './back-off.ts';
import { after, readRefusal } from './ending.ts';
import { FanfareError, notConnected } from './error.ts';
import { Housekeeping } from './housekeeping.ts';
import type { Frame, Link, LinkListener } from './link.ts';
import { isOffline, watchNetwork } from './network.ts';
import { Pace } from './pace.ts';
import { Socket, type SocketOptions } from './socket.ts';
import type { Tokens } from './tokens.ts';
import type { Headers, State, StateDetail, TokenReason, WireEvent } from './types.ts';

export interface SocketLinkOptions extends SocketOptions {
  tokens: Tokens;
  waits: Waits;
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

/** Keeps one socket to the server: opens it, waits as the server asks, gets tokens, and opens the next. */
export class SocketLink implements Link {
  private readonly options: SocketLinkOptions;
  private readonly listener: LinkListener;
  private readonly tokens: Tokens;
  private readonly pace: Pace;
  private readonly stopWatching: () => void;
  private readonly housekeeping: Housekeeping;
  private socket: Socket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What the server said last, before it closed. */
  private error: FanfareError | undefined;
  private connectedAt: number | undefined;
  private wasEverConnected = false;
  /** Whether the last token was not accepted, and the one before that neither. */
  private refusedTokens = 0;
  private closed = false;

  constructor(options: SocketLinkOptions, listener: LinkListener) {
    this.options = options;
    this.listener = listener;
    this.tokens = options.tokens;
    this.pace = new Pace(options.waits);
    this.housekeeping = new Housekeeping(this.tokens, (frame) => this.send(frame));
    this.stopWatching = watchNetwork({ onChange: () => this.networkChanged(), onOffline: () => this.networkLost() });
    queueMicrotask(() => this.closed || this.attemptIn(0, {}));
  }

  send(frame: Frame): void {
    if (this.connectedAt !== undefined) {
      this.socket?.send(frame);
    }
  }

  ping(): Promise<number> {
    return this.connectedAt === undefined ? Promise.reject(notConnected()) : this.housekeeping.ping();
  }

  interrupt(): void {
    this.socket?.drop('interrupted');
  }

  async close(): Promise<void> {
    if (!this.closed) {
      const socket = this.socket;
      this.end({});
      await socket?.close();
    }
  }

  /** Have it find out whether what it believes still holds: the network has changed. */
  networkChanged(): void {
    if (this.connectedAt !== undefined) {
      this.check();
    } else if (this.timer !== undefined) {
      this.attemptIn(this.pace.afterChange(), {});
    }
  }

  /** Have it find out whether the server can still be reached. */
  networkLost(): void {
    if (this.connectedAt !== undefined) {
      this.check();
    } else if (this.timer !== undefined) {
      this.tell(this.waiting(), {});
    }
  }

  private check(): void {
    const socket = this.socket;
    this.housekeeping.ping().catch(() => socket?.drop('silent'));
  }

  private attemptIn(wait: number, detail: StateDetail): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.attempt(), wait);
    this.tell(this.waiting(), { ...detail, retryIn: wait });
  }

  private waiting(): State {
    return isOffline() ? 'offline' : this.wasEverConnected ? 'recovering' : 'connecting';
  }

  private async attempt(): Promise<void> {
    this.timer = undefined;
    this.error = undefined;
    const reason: TokenReason = this.refusedTokens > 0 ? 'refused' : 'connect';
    try {
      const token = await this.tokens.get(reason);
      if (!this.closed) {
        this.open(token === undefined ? {} : { Authorization: `Bearer ${token}` });
      }
    } catch (failure) {
      this.error = new FanfareError('no-token', failure instanceof Error ? failure.message : String(failure));
      this.wire({ kind: 'error', type: this.error.type, message: this.error.message });
      this.ended({ error: this.error });
    }
  }

  private open(authorization: Headers): void {
    const headers = { ...this.options.headers, ...authorization };
    this.socket = new Socket(
      { ...this.options, headers },
      {
        onConnected: (connected) => this.onConnected(connected),
        onFrame: (frame) => this.onFrame(frame),
        onClosed: (code, reason) => this.onClosed(code, reason),
      },
    );
  }

  private onConnected(headers: Headers): void {
    const session = headers['session'] ?? '';
    this.connectedAt = Date.now();
    this.wasEverConnected = true;
    this.refusedTokens = 0;
    this.housekeeping.begin();
    this.wire({ kind: 'open', session });
    this.tell('connected', { session });
  }

  private onFrame(frame: Frame): void {
    if (this.closed) {
      return;
    }
    if (frame.command === 'ERROR') {
      this.error = readRefusal(frame).error;
      this.wire({ kind: 'error', type: this.error.type, message: this.error.message });
    }
    for (const each of this.housekeeping.sort(frame)) {
      this.listener.onFrame(each);
    }
  }

  private onClosed(code: number, reason: string): void {
    const { connectedAt, error } = this;
    this.socket = undefined;
    this.connectedAt = undefined;
    this.housekeeping.end();
    this.wire({ kind: 'close', code, reason });
    if (this.closed) {
      return;
    }
    const detail = { code, reason, error };
    const next = after({ code, reason, error, wasConnected: connectedAt !== undefined });
    if (!next.again || (next.newToken && !this.canRenew())) {
      this.end(detail);
      return;
    }
    this.ended(detail, connectedAt, next.retryAfter);
  }

  /** A second new token that is not accepted either would be asked for for ever. */
  private canRenew(): boolean {
    return this.tokens.renewable && this.refusedTokens++ < 2;
  }

  private ended(detail: StateDetail, connectedAt?: number, retryAfter?: number): void {
    if (!this.closed) {
      this.attemptIn(this.pace.afterEnd(connectedAt, retryAfter), detail);
    }
  }

  private end(detail: StateDetail): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.stopWatching();
    this.housekeeping.end();
    this.tell('closed', detail);
  }

  private tell(state: State, detail: StateDetail): void {
    this.listener.onState(state, detail);
  }

  private wire(event: WithoutTime<WireEvent>): void {
    this.listener.onWire({ at: Date.now(), ...event });
  }
}
