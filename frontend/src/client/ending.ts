import { FanfareError } from './error.ts';
import type { Frame, Refusal } from './link.ts';

/** How a connection ended. */
export interface Ending {
  code: number;
  reason: string;
  /** What the server said before. */
  error?: FanfareError | undefined;
  /** Whether CONNECTED had come. */
  wasConnected: boolean;
}

/** What to do about it: never, or again, after a time that the server named and with a new token where that helps. */
export type Next = { again: false } | { again: true; retryAfter?: number | undefined; newToken: boolean };

const NORMAL_RECONNECT: Next = { again: true, newToken: false };
const PROTOCOL_ERROR = 1002;
const NOT_ALLOWED = 1008;
const NOT_ADMITTED = 4003;
const TOKEN_EXPIRED = 4004;
const TOKEN_REVOKED = 4005;
const OPERATOR = 4010;

/** Say what the close codes of `docs/protocol.md` ask of a client. */
export function after({ code, reason, error, wasConnected }: Ending): Next {
  switch (code) {
    case NOT_ALLOWED:
    case OPERATOR:
      return { again: false };
    case PROTOCOL_ERROR:
      // Before CONNECTED nothing but the protocol itself can be at fault; after it, one frame.
      return wasConnected ? NORMAL_RECONNECT : { again: false };
    case NOT_ADMITTED:
    case TOKEN_EXPIRED:
    case TOKEN_REVOKED:
      return { again: true, newToken: true };
    default:
      return { again: true, newToken: false, retryAfter: retryAfter(reason) ?? error?.retryAfter };
  }
}

/** Read `service-restart; retry-after=1.7`. */
function retryAfter(reason: string): number | undefined {
  return seconds(/(?:^|[;\s])retry-after=([\d.]+)/.exec(reason)?.[1]);
}

/** Read what an ERROR frame says, or a MESSAGE of `/user/queue/errors`, which has the same headers. */
export function readRefusal({ headers, body }: Frame): Refusal {
  const message = headers['message'] ?? (typeof body === 'string' ? body : new TextDecoder().decode(body));
  const error = new FanfareError(headers['type'] ?? 'refused', message, seconds(headers['retry-after']));
  return { receipt: headers['receipt-id'], error };
}

function seconds(text: string | undefined): number | undefined {
  const value = Number(text ?? NaN);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
