import { textElement } from './elements.ts';

/** A line of the log. `in` is what came from the server, `out` what this page did. */
export interface Entry {
  at: Date;
  direction: 'in' | 'out';
  /** The colour of the line: `open`, `message`, `close`, `error`, `resume`, or `frame` for all else. */
  kind: string;
  /** What stands for the kind, in the reader's language or STOMP's. */
  name: string;
  /** Where it happened: a destination or a path. */
  place: string;
  text: string;
}

export interface EventLogOptions {
  /** What scrolls, and the list and button in it. */
  view: HTMLElement;
  list: HTMLOListElement;
  /** Shown while the reader has scrolled up; leads back to the end. */
  latest: HTMLButtonElement;
  /** The words for the directions. */
  directions: Readonly<Record<Entry['direction'], string>>;
  /** How many lines are kept; the oldest are dropped. */
  limit?: number;
}

const ARROWS = { in: '↓', out: '↑' } as const;

/** Shows the latest entries, and follows them until the reader scrolls up. */
export class EventLog {
  private readonly options: Required<EventLogOptions>;
  /** What the next frame of the screen shows; no longer than the limit. */
  private waiting: Entry[] = [];
  private following = true;

  constructor(options: EventLogOptions) {
    this.options = { limit: 500, ...options };
    this.options.view.addEventListener('scroll', () => this.follow(this.isAtEnd()));
    this.options.latest.addEventListener('click', () => this.scrollToEnd());
  }

  add(entry: Entry): void {
    this.waiting.push(entry);
    if (this.waiting.length === 1) {
      requestAnimationFrame(() => this.show());
    } else if (this.waiting.length > this.options.limit) {
      this.waiting.shift();
    }
  }

  clear(): void {
    this.waiting = [];
    this.options.list.replaceChildren();
    this.follow(true);
  }

  /** Show the newest lines again, where the log was hidden until now. */
  shown(): void {
    if (this.following) {
      this.scrollToEnd();
    }
  }

  // Everything that changes the height happens here and not between a scroll and its event,
  // which could not tell the reader's scrolling from ours otherwise.
  private show(): void {
    const { list, limit } = this.options;
    list.append(...this.waiting.splice(0).map((entry) => this.row(entry)));
    while (list.childElementCount > limit) {
      list.firstElementChild?.remove();
    }
    if (this.following) {
      this.scrollToEnd();
    }
  }

  private row({ at, direction, kind, name, place, text }: Entry): HTMLLIElement {
    const row = document.createElement('li');
    row.dataset['kind'] = kind;
    row.dataset['direction'] = direction;
    const time = textElement('time', 'time', timeText(at)) as HTMLTimeElement;
    time.dateTime = at.toISOString();
    row.append(
      time,
      textElement('span', 'direction', `${ARROWS[direction]} ${this.options.directions[direction]}`),
      textElement('span', 'kind', name),
      textElement('span', 'place', place),
      textElement('span', 'text', text),
    );
    return row;
  }

  private isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.options.view;
    return scrollHeight - scrollTop - clientHeight < 8;
  }

  private scrollToEnd(): void {
    this.options.view.scrollTop = this.options.view.scrollHeight;
    this.follow(true);
  }

  private follow(following: boolean): void {
    this.following = following;
    this.options.latest.hidden = following;
  }
}

/** The time of day to the millisecond, as the reader's clock shows it. */
export function timeText(at: Date): string {
  const digits = (value: number, length = 2) => String(value).padStart(length, '0');
  const day = [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => digits(value)).join(':');
  return `${day}.${digits(at.getMilliseconds(), 3)}`;
}
