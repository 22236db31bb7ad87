import { backOff, type Waits } from './back-off.ts';
import { deferred } from './deferred.ts';
import { FanfareError } from './error.ts';
import type { Frame } from './link.ts';
import { follows, isRepeated, readPosition } from './position.ts';
import { Message } from './publication.ts';
import type { Headers, SubscribeOptions, Subscribed, Subscription } from './types.ts';

/** A server that refuses it for a moment again and again is asked less and less often, not by all at once. */
const WAITS: Waits = { first: 500, longest: 30_000 };

/**
 * One subscription, through all connections: it knows where it is, asks for what it missed, passes each publication on
 * once and in order, and tells of what could not be had.
 */
export class Feed implements Subscription {
  readonly destination: string;
  private readonly options: SubscribeOptions;
  private readonly leave: () => void;
  private readonly firstLive = deferred<Subscribed>();
  private at: string | undefined;
  private wasLive = false;
  /** Where it was when it began on this connection, until the server has given all it has of what came after. */
  private from: string | undefined;
  private gapTold = false;
  /** The server lets this caller subscribe, and not read what is kept. */
  private withoutHistory = false;
  /** How often in a row it was refused for a time. */
  private refusals = 0;
  private over = false;

  /** @param leave called once, when the application ends it */
  constructor(destination: string, options: SubscribeOptions, leave: () => void) {
    this.destination = destination;
    this.options = options;
    this.leave = leave;
    this.at = options.resume;
    this.firstLive.promise.catch(() => {}); // Who does not wait for it hears by onError.
  }

  get live(): Promise<Subscribed> {
    return this.firstLive.promise;
  }

  get position(): string | undefined {
    return this.at;
  }

  unsubscribe(): void {
    if (!this.over) {
      this.end(new FanfareError('unsubscribed', `The subscription to ${this.destination} was ended`));
      this.leave();
    }
  }

  /** Begin anew on a connection. */
  start(): Headers {
    this.gapTold = false;
    this.from = this.at;
    const { replay, headers } = this.options;
    return {
      ...headers,
      ...(this.from !== undefined && !this.withoutHistory && { 'resume-after': this.from }),
      ...(this.from === undefined && replay !== undefined && { replay }),
      destination: this.destination,
    };
  }

  /** Pass a MESSAGE on, unless it was before. */
  deliver(frame: Frame): void {
    if (this.over) {
      return;
    }
    const message = new Message(frame);
    const next = readPosition(message.position);
    if (next) {
      const last = readPosition(this.at);
      if (isRepeated(last, next)) {
        return;
      }
      if (last && !follows(last, next)) {
        this.tellGap(message.position);
      }
      this.at = message.position;
    }
    guarded(() => this.options.onPublication?.(message));
  }

  /** Note the RECEIPT: it is live from here on. */
  started(headers: Headers): void {
    if (this.over) {
      return;
    }
    const position = headers['position'];
    const subscribed = {
      recovered: this.recovered(headers['recovered'], position),
      position,
      replayed: Number(headers['replayed'] ?? 0),
    };
    if (!subscribed.recovered && this.from !== undefined) {
      this.tellGap(position);
    }
    const [last, stands] = [readPosition(this.at), readPosition(position)];
    if (stands && !isRepeated(last, stands)) {
      this.at = position;
    }
    this.from = undefined;
    this.gapTold = false;
    this.wasLive = true;
    this.refusals = 0;
    this.firstLive.resolve(subscribed);
    guarded(() => this.options.onLive?.(subscribed));
  }

  /**
   * Note that the server refused it.
   *
   * @returns after how many milliseconds to ask again; `undefined` if that is of no use
   */
  refused(error: FanfareError): number | undefined {
    const resumedByItself = this.from !== undefined && this.from !== this.options.resume;
    if (error.type === 'access-denied' && resumedByItself && !this.withoutHistory) {
      this.withoutHistory = true;
      return 0;
    }
    if (error.retryAfter !== undefined) {
      return backOff(WAITS, this.refusals++, error.retryAfter);
    }
    if (!this.over) {
      this.end(error);
      guarded(() => this.options.onError?.(error));
    }
    return undefined;
  }

  /** End it without a word to the server. */
  end(error: FanfareError): void {
    this.over = true;
    this.firstLive.reject(error);
  }

  private recovered(said: string | undefined, position: string | undefined): boolean {
    if (this.withoutHistory) {
      return position !== undefined && position === this.at;
    }
    // What has no positions cannot know what it missed.
    return said === undefined ? !this.wasLive : said === 'true';
  }

  private tellGap(position: string | undefined): void {
    const after = this.at;
    if (!this.gapTold) {
      this.gapTold = true;
      guarded(() => this.options.onGap?.({ after, position }));
    }
  }
}

/** What a listener throws is the page's to see, and must not stop what others hear. */
export function guarded(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    if (typeof reportError === 'function') {
      reportError(error);
    } else {
      console.error(error);
    }
  }
}
