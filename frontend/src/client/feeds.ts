import { FanfareError } from './error.ts';
import { Feed } from './feed.ts';
import { freeId } from './free-id.ts';
import type { Frame } from './link.ts';
import type { Headers, State, SubscribeOptions, Subscription } from './types.ts';

const ANSWERS_TO_END = 'end:';
const ANSWERS_TO_START = 'start:';

/**
 * The subscriptions of a client, by their ids on the wire.
 *
 * An id says what is subscribed to: a server that encodes a broadcast once for all subscriptions of the same id has
 * little to do then, whoever subscribes in which order. It is free again when the server has confirmed its end, as
 * messages of the old subscription could otherwise be taken for the new one's.
 */
export class Feeds {
  private readonly transmit: (frame: Frame) => void;
  private readonly byId = new Map<string, Feed>();
  private readonly ending = new Set<string>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private isConnected = false;
  private ended: FanfareError | undefined;

  constructor(transmit: (frame: Frame) => void) {
    this.transmit = transmit;
  }

  add(destination: string, options: SubscribeOptions, state: State): Subscription {
    const id = this.freeId(destination);
    const feed = new Feed(destination, options, () => this.leave(id));
    if (this.ended || state === 'closed') {
      feed.end(this.ended ?? new FanfareError('closed', 'The client is closed'));
      return feed;
    }
    this.byId.set(id, feed);
    if (this.isConnected) {
      this.start(id);
    }
    return feed;
  }

  /** Subscribe all anew. */
  begin(): void {
    this.isConnected = true;
    this.ending.clear();
    for (const id of this.byId.keys()) {
      this.start(id);
    }
  }

  lost(): void {
    this.isConnected = false;
    this.timers.forEach(clearTimeout);
    this.timers.clear();
  }

  end(error: FanfareError): void {
    this.lost();
    this.ended = error;
    this.byId.forEach((feed) => feed.end(error));
    this.byId.clear();
  }

  deliver(frame: Frame): void {
    this.byId.get(frame.headers['subscription'] ?? '')?.deliver(frame);
  }

  answered(receipt: string, headers: Headers): void {
    if (receipt.startsWith(ANSWERS_TO_START)) {
      this.byId.get(receipt.slice(ANSWERS_TO_START.length))?.started(headers);
    } else if (receipt.startsWith(ANSWERS_TO_END)) {
      this.ending.delete(receipt.slice(ANSWERS_TO_END.length));
    }
  }

  refused(receipt: string, error: FanfareError): void {
    if (receipt.startsWith(ANSWERS_TO_END)) {
      // It was refused before, so there was nothing to end.
      this.ending.delete(receipt.slice(ANSWERS_TO_END.length));
    }
    const id = receipt.slice(ANSWERS_TO_START.length);
    const feed = receipt.startsWith(ANSWERS_TO_START) ? this.byId.get(id) : undefined;
    if (!feed) {
      return;
    }
    const again = feed.refused(error);
    if (again === undefined) {
      this.byId.delete(id);
    } else if (this.isConnected) {
      this.startIn(again, id);
    }
  }

  private startIn(wait: number, id: string): void {
    this.forgetTimer(id);
    const timer = setTimeout(() => {
      this.timers.delete(id);
      this.start(id);
    }, wait);
    this.timers.set(id, timer);
  }

  private forgetTimer(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  private start(id: string): void {
    const feed = this.byId.get(id);
    if (feed) {
      this.transmit({ command: 'SUBSCRIBE', headers: { ...feed.start(), id, receipt: ANSWERS_TO_START + id } });
    }
  }

  private leave(id: string): void {
    this.byId.delete(id);
    this.forgetTimer(id);
    if (this.isConnected) {
      this.ending.add(id);
      this.transmit({ command: 'UNSUBSCRIBE', headers: { id, receipt: ANSWERS_TO_END + id } });
    }
  }

  private freeId(destination: string): string {
    return freeId(destination.replace(/^\/topic\//, ''), (id) => this.byId.has(id) || this.ending.has(id));
  }
}
