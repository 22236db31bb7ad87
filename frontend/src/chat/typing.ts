/** How often it is told that somebody types, and how long that counts, in milliseconds. */
const TOLD_EVERY = 2500;
const COUNTS_FOR = 6000;
const MOST = 30;

/** Tells the room that this visitor types: at once, and then every few seconds while it goes on. */
export class TypingNotice {
  private last = -Infinity;
  private readonly tell: () => void;

  /** @param tell sends it; nobody waits for that */
  constructor(tell: () => void) {
    this.tell = tell;
  }

  /** Called with each key that changed the text. */
  typed(text: string, now = performance.now()): void {
    if (text.trim() !== '' && now - this.last >= TOLD_EVERY) {
      this.last = now;
      this.tell();
    }
  }

  /** What was typed was sent: the next text is told of at once. */
  sent(): void {
    this.last = -Infinity;
  }
}

/** Knows who is typing. Nobody says that they have stopped: it is over when they are quiet, or said it. */
export class Typists {
  private readonly known = new Map<string, { name: string; until: number }>();
  private readonly onChange: (names: string[]) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: (names: string[]) => void) {
    this.onChange = onChange;
  }

  types(author: string, name: string): void {
    if (this.known.has(author) || this.known.size < MOST) {
      this.known.set(author, { name, until: performance.now() + COUNTS_FOR });
      this.changed();
    }
  }

  said(author: string): void {
    if (this.known.delete(author)) {
      this.changed();
    }
  }

  private changed(): void {
    clearTimeout(this.timer);
    const now = performance.now();
    for (const [author, { until }] of this.known) {
      if (until <= now) {
        this.known.delete(author);
      }
    }
    const ends = [...this.known.values()].map(({ until }) => until);
    if (ends.length > 0) {
      this.timer = setTimeout(() => this.changed(), Math.max(Math.min(...ends) - now, 0) + 1);
    }
    this.onChange([...this.known.values()].map(({ name }) => name));
  }
}
