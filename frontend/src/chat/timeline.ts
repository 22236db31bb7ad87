import type { Message } from './conversation.ts';
import type { Pending } from './outbox.ts';

/** One line of what a room shows, from top to bottom. Lines with the same key and version look the same. */
export type Line = { readonly key: string; readonly version: string } & (
  | { kind: 'day'; timestamp: number }
  | { kind: 'new' }
  | { kind: 'note'; text: string }
  | { kind: 'message'; message: Message; mine: boolean; goesOn: boolean }
  | { kind: 'pending'; pending: Pending; goesOn: boolean }
);

export interface Shown {
  messages: readonly Message[];
  pending: readonly Pending[];
  /** The id of who looks. */
  own: string | undefined;
  /** The offset before which "new" stands. */
  newBefore?: number | undefined;
  /** What is said at the top, such as that this is the beginning. */
  note?: string | undefined;
}

/** Within this time, in milliseconds, the messages of one author stand under one name. */
const TOGETHER = 5 * 60_000;

/** Lay out what a room shows. */
export function linesOf({ messages, pending, own, newBefore, note }: Shown): Line[] {
  const lines: Line[] = note === undefined ? [] : [{ key: 'note', version: note, kind: 'note', text: note }];
  let last: Message | undefined;
  for (const message of messages) {
    if (!last || dayOf(last.timestamp) !== dayOf(message.timestamp)) {
      const day = dayOf(message.timestamp);
      lines.push({ key: `day-${day}`, version: day, kind: 'day', timestamp: message.timestamp });
    }
    if (message.offset === newBefore) {
      lines.push({ key: 'new', version: '', kind: 'new' });
    }
    const mine = message.author === own;
    const goesOn = lines.at(-1)?.kind === 'message' && last !== undefined && goTogether(last, message);
    const version = [message.position, message.text, message.edited, message.deleted, mine, goesOn].join('|');
    lines.push({ key: message.position, version, kind: 'message', message, mine, goesOn });
    last = message;
  }
  for (const item of pending) {
    const goesOn = lines.at(-1)?.kind === 'pending' || (last?.author === own && lines.at(-1)?.kind === 'message');
    // Waiting and being sent look the same.
    const state = item.state === 'waiting' ? 'sending' : item.state;
    const version = [state, item.problem, goesOn].join('|');
    lines.push({ key: `pending-${item.id}`, version, kind: 'pending', pending: item, goesOn });
  }
  return lines;
}

function goTogether(one: Message, next: Message): boolean {
  return one.author === next.author && one.name === next.name && next.timestamp - one.timestamp < TOGETHER;
}

/** The day of a time, where the reader is. */
function dayOf(timestamp: number): string {
  const date = new Date(timestamp);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
