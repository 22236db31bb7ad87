/** The close codes that have words of their own. */
const CLOSE_CODES = [1000, 1001, 1002, 1005, 1006, 1009, 1011, 1012, 1013, 4001, 4002] as const;

/** Every text this script shows. The page brings them along, in its own language. */
export const TEXT_KEYS = [
  'state.connecting',
  'state.connected',
  'state.reconnecting',
  'state.closed',
  'state.wait',
  'connection.connect',
  'connection.disconnect',
  'direction.in',
  'direction.out',
  'kind.open',
  'kind.message',
  'kind.close',
  'kind.error',
  'open.session',
  'problem.not-connected',
  'problem.unreachable',
  'problem.silent',
  'body.bytes',
  'subscription.pending',
  'subscription.active',
  'subscription.remove',
  ...CLOSE_CODES.map((code) => `close.${code}` as const),
] as const;

export type TextKey = (typeof TEXT_KEYS)[number];

/** Gives the text of a key, with `{0}` and what follows it replaced by the values. */
export type Texts = (key: TextKey, ...values: (string | number)[]) => string;

export function textsFrom(texts: ReadonlyMap<string, string>): Texts {
  const missing = TEXT_KEYS.filter((key) => !texts.has(key));
  if (missing.length > 0) {
    throw new Error(`The page lacks these texts: ${missing.join(', ')}`);
  }
  return (key, ...values) =>
    (texts.get(key) ?? key).replace(/\{(\d)\}/g, (placeholder, index) => String(values[Number(index)] ?? placeholder));
}

/** The code, what it means where that is known, and what the server said about it. */
export function closeText(texts: Texts, code: number, reason: string): string {
  const known = CLOSE_CODES.find((each) => each === code);
  const meaning = known === undefined ? '' : texts(`close.${known}`);
  const said = reason === meaning ? '' : reason;
  return [`${code} ${meaning}`.trim(), said].filter(Boolean).join(' · ');
}
