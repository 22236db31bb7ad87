import type { FanfareError } from './error.ts';
import type { Headers, State, StateDetail, WireEvent } from './types.ts';

/** One STOMP frame. Those of clients are SUBSCRIBE, UNSUBSCRIBE and SEND. */
export interface Frame {
  command: string;
  headers: Headers;
  body?: string | Uint8Array | undefined;
}

/**
 * The way to the server, over a connection that ends and is made again.
 *
 * What is sent while it is not `connected` is dropped, and each new `connected` begins with nothing subscribed: who uses
 * it says all that counts again.
 */
export interface Link {
  send(frame: Frame): void;
  /** Measure the way to the server and back, in milliseconds; rejects if there is none. */
  ping(): Promise<number>;
  interrupt(): void;
  close(): Promise<void>;
}

/** Hears of a link, never while it is made or something is sent. */
export interface LinkListener {
  onState(state: State, detail: StateDetail): void;
  /** A MESSAGE, a RECEIPT, or an ERROR, be it that the connection ends with it or not. */
  onFrame(frame: Frame): void;
  onWire(event: WireEvent): void;
}

/** What an ERROR says. */
export interface Refusal {
  receipt: string | undefined;
  error: FanfareError;
}
