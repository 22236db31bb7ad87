import type { FanfareError } from '../client/index.ts';
import type { Texts } from '../shared/texts.ts';

const KNOWN = new Set([
  'access-denied',
  'overloaded',
  'rejected',
  'shutting-down',
  'storage-failed',
  'too-many-publications',
  'too-many-topics',
  'unknown-destination',
]);

/** Say in the page's language why something was refused, and in the server's words where it is for a rarer reason. */
export function refusalText(texts: Texts, { type, message, retryAfter = 1 }: FanfareError): string {
  return KNOWN.has(type) ? texts(`vote.refused.${type}`, Math.ceil(retryAfter)) : message;
}
