import type { WireEvent } from '../client/index.ts';

/** Measures how long a frame that asks for a receipt waits for its RECEIPT. */
export class RoundTrips {
  /** When the frames were sent whose receipts are still to come. No more than `limit`; the oldest are given up. */
  private readonly sent = new Map<string, number>();
  private readonly limit: number;

  constructor(limit = 100) {
    this.limit = limit;
  }

  /** The milliseconds of the round trip that this event ends, if it ends one. */
  follow(event: WireEvent): number | undefined {
    if (event.kind === 'open' || event.kind === 'close') {
      this.sent.clear();
    }
    if (event.kind !== 'frame') {
      return undefined;
    }
    const { direction, headers, command } = event;
    if (direction === 'out' && headers['receipt'] !== undefined) {
      this.remember(headers['receipt'], event.at);
    } else if (direction === 'in' && command === 'RECEIPT') {
      return this.ended(headers['receipt-id'] ?? '', event.at);
    }
    return undefined;
  }

  private remember(receipt: string, at: number): void {
    this.sent.set(receipt, at);
    if (this.sent.size > this.limit) {
      for (const oldest of this.sent.keys()) {
        this.sent.delete(oldest);
        break;
      }
    }
  }

  private ended(receipt: string, at: number): number | undefined {
    const sent = this.sent.get(receipt);
    this.sent.delete(receipt);
    return sent === undefined ? undefined : Math.max(0, at - sent);
  }
}
