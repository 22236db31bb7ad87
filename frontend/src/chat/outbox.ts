import { FanfareError } from '../client/index.ts';
import type { Forgetting } from '../shared/storage.ts';

/** Something that this visitor says, on its way to the room. */
export interface Pending {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** `stored` is what the server has and the room has not shown yet. */
  state: 'waiting' | 'sending' | 'stored' | 'failed';
  /** Why it failed, in the server's words. */
  problem?: string;
  /** It was sent before a reload, so the room may have shown it already and not show it again. */
  again?: true;
}

/** How often what was refused for being too much is tried again before it has failed. */
const MOST_ATTEMPTS = 5;

const MOST = 50;

export interface OutboxOptions {
  /** Send it; resolves when it is stored. The same id is stored once, so it may be sent again. */
  send: (pending: Pending) => Promise<unknown>;
  /** Called after each change. */
  onChange: () => void;
  /** Where what is not sent yet outlives a reload; of this tab alone. */
  kept: Forgetting;
  /** Under which key. */
  key: string;
  pause?: (milliseconds: number) => Promise<void>;
}

/**
 * Takes what is said to the server, one after the other, so that it arrives in the order in which it was said.
 *
 * What the server refuses has failed, until it is retried or discarded, and holds up nothing else. At most 50 wait.
 */
export class Outbox {
  private readonly items: Pending[];
  private readonly options: OutboxOptions;
  /** What was stored before the connection that there is now. */
  private earlier: readonly Pending[] = [];
  private busy = false;
  private started = false;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.items = restored(options);
  }

  get pending(): readonly Pending[] {
    return this.items;
  }

  get isFull(): boolean {
    return this.items.length >= MOST;
  }

  /** Begin to send; before that nothing leaves, so that the room is sure to show what does. */
  start(): void {
    this.started = true;
    void this.work();
  }

  /** Say something; false where too much waits already. */
  add(said: Pick<Pending, 'id' | 'name' | 'text'>): boolean {
    if (this.isFull) {
      return false;
    }
    const { id, name, text } = said;
    this.items.push({ id, name, text, at: Date.now(), state: 'waiting' });
    this.changed();
    return true;
  }

  /** Try again what has failed, under its old id. */
  retry(id: string): void {
    const failed = this.items.find((item) => item.id === id && item.state === 'failed');
    if (failed) {
      failed.state = 'waiting';
      delete failed.problem;
      this.changed();
    }
  }

  /** Give up what has failed. */
  discard(id: string): void {
    this.remove((item) => item.id === id && item.state === 'failed');
  }

  /** The room shows it. */
  shown(id: string): void {
    this.remove((item) => item.id === id);
  }

  /** The connection ended, or the server no longer has all that the room missed. */
  interrupted(): void {
    this.earlier = this.items.filter(({ state }) => state === 'stored');
  }

  /** The room shows all that was stored before the interruption, or never will; what was stored since may follow. */
  caughtUp(): void {
    this.remove((item) => this.earlier.includes(item));
  }

  private remove(done: (item: Pending) => boolean): void {
    const at = this.items.findIndex(done);
    if (at >= 0) {
      this.items.splice(at, 1);
      this.remove(done);
      this.changed();
    }
  }

  private changed(): void {
    keep(this.options, this.items);
    this.options.onChange();
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.busy || !this.started) {
      return;
    }
    this.busy = true;
    for (let next = this.next(); next; next = this.next()) {
      next.state = 'sending';
      this.options.onChange();
      next.state = await this.attempt(next);
      if (next.again && next.state === 'stored') {
        // The room may have shown it before the answer came, and it is gone already.
        this.remove((item) => item === next);
      }
      keep(this.options, this.items);
      this.options.onChange();
    }
    this.busy = false;
  }

  private next(): Pending | undefined {
    return this.items.find(({ state }) => state === 'waiting');
  }

  private async attempt(item: Pending): Promise<'stored' | 'failed'> {
    const { send, pause = wait } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        await send(item);
        return 'stored';
      } catch (error) {
        const after = error instanceof FanfareError ? error.retryAfter : undefined;
        if (after === undefined || attempt === MOST_ATTEMPTS) {
          item.problem = error instanceof Error ? error.message : String(error);
          return 'failed';
        }
        await pause(after * 1000);
      }
    }
  }
}

function keep({ kept, key }: OutboxOptions, items: readonly Pending[]): void {
  const unsent = items.filter(({ state }) => state !== 'stored');
  try {
    if (unsent.length === 0) {
      kept.removeItem(key);
    } else {
      kept.setItem(key, JSON.stringify(unsent));
    }
  } catch {
    // Then it is lost with a reload.
  }
}

/** What was on its way is sent again: the server stores the same id once. */
function restored({ kept, key }: OutboxOptions): Pending[] {
  try {
    const items: unknown = JSON.parse(kept.getItem(key) ?? '[]');
    return Array.isArray(items) ? items.filter(isPending).slice(0, MOST).map(again) : [];
  } catch {
    return [];
  }
}

function isPending(value: Partial<Pending> | null): value is Pending {
  return (
    [value?.id, value?.name, value?.text].every((each) => typeof each === 'string') && typeof value?.at === 'number'
  );
}

function again({ id, name, text, at }: Pending): Pending {
  return { id, name, text, at, state: 'waiting', again: true };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
