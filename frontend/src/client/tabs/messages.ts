import type { Waits } from '../back-off.ts';
import { FanfareError } from '../error.ts';
import type { Frame } from '../link.ts';
import type { Headers, State, StateDetail, TokenReason, WireEvent } from '../types.ts';

/** Raised when tabs of an earlier version could not talk to this one: they use another connection then. */
export const VERSION = 1;

/** How to connect, as a tab can tell another. */
export interface HubOptions {
  url: string;
  headers: Headers;
  heartbeat: number;
  connectTimeout: number;
  waits: Waits;
  renewable: boolean;
}

/** What a tab says to the one that has the connection. */
export type ToHub = { tab: string } & (
  | { type: 'join'; options: HubOptions }
  | { type: 'leave' }
  /** For the connection of that number alone: on the next one the tab says all that counts again. */
  | { type: 'frame'; connection: number; frame: Frame }
  | { type: 'ping'; id: number }
  | { type: 'interrupt' }
  | { type: 'network'; lost: boolean }
  | { type: 'token'; id: number; token?: string | undefined; failure?: string | undefined }
);

export type ToTab =
  | { type: 'state'; state: State; detail: PackedDetail; connection: number }
  | { type: 'frame'; frame: Frame }
  | { type: 'wire'; event: WireEvent }
  | { type: 'pong'; id: number; lost: boolean }
  | { type: 'token'; id: number; reason: TokenReason };

/** What a structured clone would make a plain Error of. */
export type PackedDetail = Omit<StateDetail, 'error'> & {
  error?: Pick<FanfareError, 'type' | 'message' | 'retryAfter'> | undefined;
};

export function pack({ error, ...detail }: StateDetail): PackedDetail {
  return error
    ? { ...detail, error: { type: error.type, message: error.message, retryAfter: error.retryAfter } }
    : detail;
}

export function unpack({ error, ...detail }: PackedDetail): StateDetail {
  return error ? { ...detail, error: new FanfareError(error.type, error.message, error.retryAfter) } : detail;
}
