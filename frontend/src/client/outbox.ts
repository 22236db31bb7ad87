import { deferred, type Deferred } from './deferred.ts';
import { FanfareError } from './error.ts';
import type { Frame } from './link.ts';
import type { Headers } from './types.ts';

export interface OutboxLimits {
  maxPending: number;
  maxPendingBytes: number;
  /** Milliseconds for which the server knows a key again. */
  idempotencyWindow: number;
}

interface Entry {
  frame: Frame;
  bytes: number;
  answer: Deferred<Headers>;
  /** When it was sent for the first time. */
  sent: number | undefined;
  /** How many connections ended for a fault of a client while it had no answer. */
  faults: number;
}

/** Where an answer could still be on its way when the key is forgotten. */
const MARGIN = 30_000;
const MAX_FAULTS = 3;

/**
 * Keeps what was sent until it is answered, and sends it again on each connection, in the order in which it was given.
 *
 * Bounded by number and bytes; one that was sent is not sent again when the server could have forgotten its key.
 */
export class Outbox {
  private readonly limits: OutboxLimits;
  private readonly transmit: (frame: Frame) => void;
  private readonly entries = new Map<string, Entry>();
  private bytes = 0;
  private count = 0;

  constructor(limits: OutboxLimits, transmit: (frame: Frame) => void) {
    this.limits = limits;
    this.transmit = transmit;
  }

  /** Take a SEND; the promise is kept with the headers of its RECEIPT. */
  add(frame: Frame, bytes: number, now: boolean, signal?: AbortSignal): Promise<Headers> {
    if (signal?.aborted) {
      return Promise.reject(signal.reason);
    }
    const full = this.fullFor(bytes);
    if (full) {
      return Promise.reject(new FanfareError('queue-full', full));
    }
    const receipt = `send-${++this.count}`;
    const headers = { ...frame.headers, receipt };
    const entry = { frame: { ...frame, headers }, bytes, answer: deferred<Headers>(), sent: undefined, faults: 0 };
    this.entries.set(receipt, entry);
    this.bytes += bytes;
    if (signal) {
      this.heed(signal, receipt, entry);
    }
    if (now) {
      this.send(entry);
    }
    return entry.answer.promise;
  }

  /** Send all that has no answer. */
  flush(): void {
    for (const [receipt, entry] of this.entries) {
      if (entry.sent !== undefined && !this.isKnown(entry.frame, entry.sent)) {
        const message = 'It was sent, no answer came, and it could count twice if it were sent again';
        this.take(receipt)?.answer.reject(new FanfareError('outcome-unknown', message));
      } else {
        this.send(entry);
      }
    }
  }

  /** Settle what a RECEIPT is for, if it is one of these. */
  answered(receipt: string, headers: Headers): void {
    this.take(receipt)?.answer.resolve(headers);
  }

  refused(receipt: string, error: FanfareError): void {
    this.take(receipt)?.answer.reject(error);
  }

  /** Note that a connection ended for a fault of this client: what it dies of again and again is given up. */
  faulted(error: FanfareError): void {
    for (const [receipt, entry] of this.entries) {
      if (entry.sent !== undefined && ++entry.faults >= MAX_FAULTS) {
        this.take(receipt)?.answer.reject(error);
      }
    }
  }

  end(error: FanfareError): void {
    for (const receipt of this.entries.keys()) {
      this.take(receipt)?.answer.reject(error);
    }
  }

  /** Whether the server would know it again. */
  private isKnown({ headers }: Frame, sent: number): boolean {
    return 'idempotency-key' in headers && Date.now() - sent < this.limits.idempotencyWindow - MARGIN;
  }

  private send(entry: Entry): void {
    entry.sent ??= Date.now();
    this.transmit(entry.frame);
  }

  private take(receipt: string): Entry | undefined {
    const entry = this.entries.get(receipt);
    if (entry) {
      this.entries.delete(receipt);
      this.bytes -= entry.bytes;
    }
    return entry;
  }

  private heed(signal: AbortSignal, receipt: string, { answer }: Entry): void {
    const giveUp = () => this.take(receipt)?.answer.reject(signal.reason);
    const done = () => signal.removeEventListener('abort', giveUp);
    signal.addEventListener('abort', giveUp);
    answer.promise.then(done, done);
  }

  private fullFor(bytes: number): string | undefined {
    const { maxPending, maxPendingBytes } = this.limits;
    if (this.entries.size >= maxPending) {
      return `${maxPending} messages wait for an answer, and no more may (maxPending)`;
    }
    if (this.bytes + bytes > maxPendingBytes) {
      return `${this.bytes} bytes wait for an answer; with ${bytes} more they are over maxPendingBytes`;
    }
    return undefined;
  }
}
