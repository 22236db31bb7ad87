import { backOff, type Waits } from './back-off.ts';

/** A connection that held so long has not failed when it ends. */
const HELD = 10_000;
/** A browser that comes back to a network does so with many others. */
const AFTER_CHANGE = 300;

/** Knows when the next attempt is due. */
export class Pace {
  private readonly waits: Waits;
  private failures = 0;
  /** Until when the server wants to be left alone. */
  private notBefore = 0;

  constructor(waits: Waits) {
    this.waits = waits;
  }

  /**
   * Milliseconds until the next attempt, as this one failed or its connection has ended.
   *
   * @param connectedAt when it was let in, if it was
   * @param retryAfter seconds that the server asks for
   */
  afterEnd(connectedAt: number | undefined, retryAfter: number | undefined): number {
    if (connectedAt !== undefined && Date.now() - connectedAt > HELD) {
      this.failures = 0;
    }
    const wait = backOff(this.waits, this.failures++, retryAfter);
    this.notBefore = retryAfter === undefined ? 0 : Date.now() + wait;
    return wait;
  }

  /** Milliseconds until the next attempt, as the network may be there again. */
  afterChange(): number {
    return Math.max(this.notBefore - Date.now(), Math.random() * AFTER_CHANGE);
  }
}
