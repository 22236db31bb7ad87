import { base } from '../shared/base.ts';
import { chatEvent, type ChatEvent, type Place } from './conversation.ts';

export interface Page {
  events: { event: ChatEvent; place: Place }[];
  /** Whether something older is kept. */
  more: boolean;
}

interface Kept {
  position: string;
  timestamp: number;
  json?: unknown;
}

const SIZE = 50;

/**
 * Read the events just before a position, so that they join what is known of the room without a gap or an overlap.
 *
 * Before a position of an epoch that is over there is nothing any more.
 *
 * @throws where the server cannot be reached, or refuses to answer
 */
export async function eventsBefore(topic: string, position: string, signal?: AbortSignal): Promise<Page> {
  const query = new URLSearchParams({ before: position, order: 'newest', limit: String(SIZE) });
  const address = new URL(`api/topics/${encodeURIComponent(topic)}/publications?${query}`, base);
  const response = await fetch(address, { ...(signal && { signal }) });
  if (response.status === 410) {
    return { events: [], more: false };
  }
  if (!response.ok) {
    throw new Error(`${response.status} ${response.statusText}`);
  }
  const kept = (await response.json()) as Kept[];
  const events = kept.flatMap(({ position, timestamp, json }) => {
    const event = chatEvent(() => json);
    return event ? [{ event, place: { position, timestamp } }] : [];
  });
  return { events, more: /rel="next"/.test(response.headers.get('Link') ?? '') };
}
