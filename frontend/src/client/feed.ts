import { deferred } from './deferred.ts';
import { FanfareError } from './error.ts';
import type { Frame } from './link.ts';
import { follows, isRepeated, readPosition } from './position.ts';
import { Message } from './publication.ts';
import type { Headers, SubscribeOptions, Subscribed, Subscription } from './types.ts';

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
  /** The position it resumes after, until the server has given all it has. */
  private resuming: string | undefined;
  private gapTold = false;
  /** The server lets this caller subscribe, and not read what is kept. */
  private withoutHistory = false;
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
    this.resuming = this.withoutHistory ? undefined : this.at;
    const { replay, headers } = this.options;
    return {
      ...headers,
      ...(this.resuming !== undefined && { 'resume-after': this.resuming }),
      ...(this.at === undefined && replay !== undefined && { replay }),
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
    if (!subscribed.recovered && this.at !== undefined && (this.wasLive || this.resuming !== undefined)) {
      this.tellGap(position);
    }
    const [last, stands] = [readPosition(this.at), readPosition(position)];
    if (stands && !isRepeated(last, stands)) {
      this.at = position;
    }
    this.resuming = undefined;
    this.gapTold = false;
    this.wasLive = true;
    this.firstLive.resolve(subscribed);
    guarded(() => this.options.onLive?.(subscribed));
  }

  /**
   * Note that the server refused it.
   *
   * @returns after how many milliseconds to ask again; `undefined` if that is of no use
   */
  refused(error: FanfareError): number | undefined {
    if (error.type === 'access-denied' && this.resuming !== undefined && this.resuming !== this.options.resume) {
      this.withoutHistory = true;
      return 0;
    }
    if (error.retryAfter !== undefined) {
      return error.retryAfter * 1000;
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

  /** What has no positions cannot know what it missed. */
  private recovered(said: string | undefined, position: string | undefined): boolean {
    if (said === undefined || this.withoutHistory) {
      return !this.wasLive || (position !== undefined && position === this.at);
    }
    return said === 'true';
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
