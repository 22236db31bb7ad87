import type { Body } from '../shared/body.ts';

/** `in` is what came from the server, `out` what this page did. */
export type Direction = 'in' | 'out';

export type ConnectionEvent = { at: Date; direction: Direction } & (
  | { kind: 'open'; address: string; session: string | undefined }
  | { kind: 'message'; destination: string; body: Body }
  | { kind: 'close'; code: number; reason: string }
  | { kind: 'error'; problem: Problem }
);

/** What went wrong: in the server's words where it said something, else as a word the page translates. */
export type Problem =
  | { from: 'server'; text: string; type?: string | undefined }
  | { from: 'page'; text: 'not-connected' | 'unreachable' | 'silent' };

/** Called from a later task than the one that opened the connection, and never again after a `close`. */
export interface ConnectionListener {
  onEvent(event: ConnectionEvent): void;
  /** The server confirmed the subscription. */
  onSubscribed(destination: string): void;
  /** The server answered the subscription with an error, and is about to close. */
  onRefused(destination: string): void;
}

/** One connection, from its opening to its close; it is not opened again. */
export interface Connection {
  send(text: string): void;
  broadcast(text: string): void;
  publish(destination: string, text: string): void;
  subscribe(destination: string): void;
  unsubscribe(destination: string): void;
  close(): void;
}
