import { placed, type Conversation } from './conversation.ts';
import type { Page } from './history.ts';

/** How long it takes until what could not be read is asked for again, in milliseconds. */
const AGAIN_AFTER = 5000;

export interface PastOptions {
  conversation: Conversation;
  /** Read the events just before a position. */
  read: (position: string) => Promise<Page>;
  /** Called when a page was added, or may be asked for again. */
  onChange: () => void;
  pause?: (milliseconds: number) => Promise<void>;
}

/** Joins to a conversation what was said before, page by page and without a hole. */
export class Past {
  private readonly options: PastOptions;
  private older: 'unknown' | 'some' | 'none' = 'unknown';
  private loading = false;

  constructor(options: PastOptions) {
    this.options = options;
  }

  get state(): 'unknown' | 'loading' | 'some' | 'none' {
    return this.loading ? 'loading' : this.older;
  }

  /** The first events are there: unless one of them is the topic's first, something older may be kept. */
  begin(): void {
    if (this.older === 'unknown') {
      const { oldest } = this.options.conversation;
      this.older = oldest !== undefined && placed(oldest).offset > 1 ? 'some' : 'none';
    }
  }

  /** Something is no longer in the conversation, and may be read again. */
  dropped(): void {
    this.older = 'some';
  }

  /** Read a page, unless one is being read. */
  async goBack(): Promise<void> {
    const { conversation, read, onChange, pause = wait } = this.options;
    const { oldest } = conversation;
    if (this.state !== 'some' || oldest === undefined) {
      return;
    }
    this.loading = true;
    try {
      const { events, more } = await read(oldest);
      // What was dropped meanwhile lies between the two, or the topic has a new epoch: the page does not join.
      if (conversation.oldest === oldest) {
        events.forEach(({ event, place }) => conversation.add(event, place));
        this.older = more ? 'some' : 'none';
      }
    } catch {
      await pause(AGAIN_AFTER);
    }
    this.loading = false;
    onChange();
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
