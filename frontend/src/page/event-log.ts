import type { ConnectionEvent } from './connection.ts';
import { textElement } from './elements.ts';
import { describe, timeText } from './event-text.ts';
import type { Texts } from './texts.ts';

const ARROWS = { in: '↓', out: '↑' } as const;

/** Shows the latest events, and follows them until the reader scrolls up. */
export class EventLog {
  private readonly view: HTMLElement;
  private readonly list: HTMLOListElement;
  private readonly latest: HTMLButtonElement;
  private readonly texts: Texts;
  private readonly limit: number;
  private waiting: ConnectionEvent[] = [];
  private following = true;

  constructor(
    parts: { view: HTMLElement; list: HTMLOListElement; latest: HTMLButtonElement },
    texts: Texts,
    limit = 500,
  ) {
    this.view = parts.view;
    this.list = parts.list;
    this.latest = parts.latest;
    this.texts = texts;
    this.limit = limit;
    this.view.addEventListener('scroll', () => this.follow(this.isAtEnd()));
    this.latest.addEventListener('click', () => this.scrollToEnd());
  }

  add(event: ConnectionEvent): void {
    this.waiting.push(event);
    if (this.waiting.length === 1) {
      requestAnimationFrame(() => this.show());
    } else if (this.waiting.length > this.limit) {
      this.waiting.shift();
    }
  }

  clear(): void {
    this.waiting = [];
    this.list.replaceChildren();
    this.follow(true);
  }

  // Everything that changes the height happens here and not between a scroll and its event,
  // which could not tell the reader's scrolling from ours otherwise.
  private show(): void {
    this.list.append(...this.waiting.splice(0).map((event) => this.row(event)));
    while (this.list.childElementCount > this.limit) {
      this.list.firstElementChild?.remove();
    }
    if (this.following) {
      this.scrollToEnd();
    }
  }

  private row(event: ConnectionEvent): HTMLLIElement {
    const { place, text } = describe(event, this.texts);
    const row = document.createElement('li');
    row.dataset['kind'] = event.kind;
    row.dataset['direction'] = event.direction;
    const time = textElement('time', 'time', timeText(event.at)) as HTMLTimeElement;
    time.dateTime = event.at.toISOString();
    row.append(
      time,
      textElement('span', 'direction', `${ARROWS[event.direction]} ${this.texts(`direction.${event.direction}`)}`),
      textElement('span', 'kind', this.texts(`kind.${event.kind}`)),
      textElement('span', 'place', place),
      textElement('span', 'text', text),
    );
    return row;
  }

  private isAtEnd(): boolean {
    return this.view.scrollHeight - this.view.scrollTop - this.view.clientHeight < 8;
  }

  private scrollToEnd(): void {
    this.view.scrollTop = this.view.scrollHeight;
    this.follow(true);
  }

  private follow(following: boolean): void {
    this.following = following;
    this.latest.hidden = following;
  }
}
