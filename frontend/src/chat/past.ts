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
  private begun = false;
  private loading = false;
  /** The position before which nothing is kept. */
  private end: string | undefined;

  constructor(options: PastOptions) {
    this.options = options;
  }

  /** Whether something older may be kept, by where the conversation begins now. */
  get state(): 'unknown' | 'loading' | 'some' | 'none' {
    const { oldest } = this.options.conversation;
    if (!this.begun) {
      return 'unknown';
    }
    if (this.loading) {
      return 'loading';
    }
    return oldest === undefined || oldest === this.end || placed(oldest).offset === 1 ? 'none' : 'some';
  }

  /** The events with which the room begins are there. */
  begin(): void {
    this.begun = true;
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
        this.end = more ? undefined : conversation.oldest;
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
