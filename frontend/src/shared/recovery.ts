import type { WireEvent } from '../client/index.ts';

/** What came of the subscriptions that a new connection took up again. */
export interface Recovered {
  /** How many publications of the meantime came. */
  missed: number;
  /** Whether there were more, which the server no longer keeps. */
  lost: boolean;
}

/** Adds up, from the frames, what a client that came back was told. */
export class Recovery {
  /** Receipts of subscriptions that go on after a position; as many as the client has subscriptions. */
  private readonly awaited = new Set<string>();
  private recovered: Recovered = { missed: 0, lost: false };
  private connections = 0;

  /** What came of it, when this event is the last one that was waited for. */
  follow(event: WireEvent): Recovered | undefined {
    if (event.kind === 'open') {
      this.connections += 1;
      this.awaited.clear();
      this.recovered = { missed: 0, lost: false };
    }
    if (event.kind !== 'frame') {
      return undefined;
    }
    const { command, headers } = event;
    if (command === 'SUBSCRIBE' && headers['resume-after'] !== undefined && headers['receipt'] !== undefined) {
      this.awaited.add(headers['receipt']);
    } else if (command === 'RECEIPT' && this.awaited.delete(headers['receipt-id'] ?? '')) {
      this.recovered.missed += Number(headers['replayed'] ?? 0);
      this.recovered.lost ||= headers['recovered'] === 'false';
      // Who has just come was told by the application where to start, and is not back.
      return this.awaited.size === 0 && this.connections > 1 ? { ...this.recovered } : undefined;
    }
    return undefined;
  }
}
