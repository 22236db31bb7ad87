import { placed, type Message } from './conversation.ts';

/** Who said something, and where that is. */
export type Said = Pick<Message, 'position' | 'author'>;

/** Count what others said since a room was read; nothing as long as it is not known who is not one of the others. */
export function countUnread(said: readonly Said[], read: string | undefined, own: string | undefined): number {
  if (read === undefined || own === undefined) {
    return 0;
  }
  const last = placed(read);
  return said.filter(({ position, author }) => {
    const { epoch, offset } = placed(position);
    return author !== own && (epoch !== last.epoch || offset > last.offset);
  }).length;
}

/** What of a room was read: up to which message, and how many came after it. */
export class Unread {
  /** The offset of the first message that was not read when the reader last came back. */
  private line: number | undefined;
  private count = 0;
  private reading: boolean;
  private last: string | undefined;
  private readonly keep: (position: string) => void;

  /**
   * @param last the position up to which the room was read before, if it was
   * @param keep remembers the same for the next visit
   */
  constructor(last: string | undefined, keep: (position: string) => void, reading = true) {
    this.last = last;
    this.keep = keep;
    this.reading = reading;
  }

  /** Take the messages that there are when the room is opened. */
  open(messages: readonly Message[], own: string | undefined): void {
    const last = this.last === undefined ? undefined : placed(this.last);
    const newest = messages.at(-1);
    const unread = messages.filter(
      ({ offset, position, author }) =>
        last !== undefined && placed(position).epoch === last.epoch && offset > last.offset && author !== own,
    );
    this.line = unread[0]?.offset;
    this.count = this.reading ? 0 : unread.length;
    if (newest && (this.reading || last === undefined)) {
      this.read(newest);
    }
  }

  /** Take a message that has just come. */
  add(message: Message, mine: boolean): void {
    if (mine) {
      this.line = undefined;
      this.count = 0;
      this.read(message);
    } else if (this.reading) {
      this.read(message);
    } else {
      if (this.count === 0) {
        this.line = message.offset;
      }
      this.count++;
    }
  }

  /** The reader looks at the newest messages, or no longer does. */
  look(reading: boolean, newest: Message | undefined): void {
    this.reading = reading;
    if (reading && newest) {
      this.count = 0;
      this.read(newest);
    }
  }

  /** Before which message "new" stands. */
  get before(): number | undefined {
    return this.line;
  }

  get unread(): number {
    return this.count;
  }

  private read({ position }: Message): void {
    if (this.last !== position) {
      this.last = position;
      this.keep(position);
    }
  }
}
