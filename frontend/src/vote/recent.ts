import { localKept, type Kept } from '../shared/storage.ts';

const KEY = 'fanfare.polls';
const MOST = 8;

export interface RecentPoll {
  id: string;
  question: string;
}

/** The polls that this browser had lately, newest first; none where it keeps nothing. */
export function recentPolls(kept: Pick<Kept, 'getItem'> = localKept()): RecentPoll[] {
  try {
    const known: unknown = JSON.parse(kept.getItem(KEY) ?? '[]');
    return Array.isArray(known) ? known.filter(isPoll).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Put a poll in front of the others. */
export function rememberPoll({ id, question }: RecentPoll, kept: Kept = localKept()): void {
  const others = recentPolls(kept).filter((poll) => poll.id !== id);
  try {
    kept.setItem(KEY, JSON.stringify([{ id, question }, ...others].slice(0, MOST)));
  } catch {
    // Then it is not remembered.
  }
}

function isPoll(value: unknown): value is RecentPoll {
  const { id, question } = (value ?? {}) as Partial<RecentPoll>;
  return typeof id === 'string' && typeof question === 'string';
}
