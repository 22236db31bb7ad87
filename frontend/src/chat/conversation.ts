/** What happens in a room, as its topic tells it. */
export type ChatEvent =
  | { kind: 'said'; id: string; author: string; name: string; text: string }
  | { kind: 'edited'; id: string; author: string; of: string; text: string }
  | { kind: 'deleted'; id: string; author: string; of: string };

/** Where and when the topic accepted something. */
export interface Place {
  /** `epoch:offset` */
  position: string;
  /** Milliseconds since 1970. */
  timestamp: number;
}

export interface Message extends Place {
  readonly offset: number;
  readonly id: string;
  readonly author: string;
  readonly name: string;
  readonly text: string;
  readonly edited: boolean;
  readonly deleted: boolean;
}

interface Change {
  offset: number;
  /** What it says now; nothing where it was deleted. */
  text: string | undefined;
}

/** As many changes of messages that are not loaded as a topic keeps; the oldest are forgotten. */
const MOST_CHANGES = 5000;

/**
 * What was said in a room, of the events that are known so far: whether they came live, with a reconnect or by
 * scrolling back, in whatever order and however often, the same events are the same conversation.
 */
export class Conversation {
  private epoch: string | undefined;
  private readonly said = new Map<number, Message>();
  /** The first offset of each author and id: what was stored twice was said once. */
  private readonly first = new Map<string, number>();
  /** The latest change of each message, by its offset; that of a message which comes later, too. */
  private readonly changes = new Map<number, Change>();
  private sorted: Message[] | undefined;
  private oldestSeen: string | undefined;

  /** Take an event; returns the message that it said, where it is a new one. */
  add(event: ChatEvent, place: Place): Message | undefined {
    const { epoch, offset } = placed(place.position);
    if (this.epoch !== epoch) {
      this.begin(epoch);
    }
    if (this.oldestSeen === undefined || offset < placed(this.oldestSeen).offset) {
      this.oldestSeen = place.position;
    }
    this.sorted = undefined;
    if (event.kind === 'said') {
      return this.say(event, { ...place, offset });
    }
    this.change(event, offset);
    return undefined;
  }

  /** The messages, oldest first, each as it reads now. */
  get messages(): readonly Message[] {
    this.sorted ??= [...this.said.values()]
      .filter(({ author, id, offset }) => this.first.get(`${author}/${id}`) === offset)
      .sort((one, other) => one.offset - other.offset)
      .map((message) => this.current(message));
    return this.sorted;
  }

  /** The position of the oldest event that was taken, before which the history goes on. */
  get oldest(): string | undefined {
    return this.oldestSeen;
  }

  has(author: string, id: string): boolean {
    return this.first.has(`${author}/${id}`);
  }

  find(position: string): Message | undefined {
    const message = this.said.get(placed(position).offset);
    return message?.position === position ? this.current(message) : undefined;
  }

  /** Keep the newest messages only; what is dropped can be read again. */
  trim(most: number): boolean {
    const dropped = this.messages.slice(0, Math.max(0, this.messages.length - most));
    const oldest = this.messages[dropped.length];
    if (dropped.length === 0 || !oldest) {
      return false;
    }
    for (const [offset, message] of this.said) {
      if (offset < oldest.offset) {
        this.said.delete(offset);
        if (this.first.get(`${message.author}/${message.id}`) === offset) {
          this.first.delete(`${message.author}/${message.id}`);
        }
      }
    }
    this.oldestSeen = oldest.position;
    this.sorted = undefined;
    return true;
  }

  private begin(epoch: string): void {
    this.epoch = epoch;
    this.said.clear();
    this.first.clear();
    this.changes.clear();
    this.oldestSeen = undefined;
  }

  private say(event: ChatEvent & { kind: 'said' }, place: Place & { offset: number }): Message | undefined {
    const key = `${event.author}/${event.id}`;
    const known = this.first.get(key);
    const { id, author, name, text } = event;
    this.said.set(place.offset, { ...place, id, author, name, text, edited: false, deleted: false });
    this.first.set(key, Math.min(known ?? place.offset, place.offset));
    return known === undefined ? this.said.get(place.offset) : undefined;
  }

  private change(event: Exclude<ChatEvent, { kind: 'said' }>, offset: number): void {
    const of = placed(event.of);
    const known = this.changes.get(of.offset);
    const deleted = known !== undefined && known.text === undefined;
    if (of.epoch !== this.epoch || deleted || (event.kind === 'edited' && known && known.offset > offset)) {
      return;
    }
    this.changes.set(of.offset, { offset, text: event.kind === 'edited' ? event.text : undefined });
    if (this.changes.size > MOST_CHANGES) {
      this.changes.delete(Math.min(...this.changes.keys()));
    }
  }

  private current(message: Message): Message {
    const change = this.changes.get(message.offset);
    return change === undefined
      ? message
      : { ...message, text: change.text ?? '', edited: change.text !== undefined, deleted: change.text === undefined };
  }
}

/** Take a position apart. */
export function placed(position: string): { epoch: string; offset: number } {
  const [epoch = '', offset] = position.split(':');
  return { epoch, offset: Number(offset) };
}

/** Read an event, unless it is none: the application alone publishes here, but a page outlives its server. */
export function chatEvent(read: () => unknown): ChatEvent | undefined {
  let value: Partial<Record<string, unknown>>;
  try {
    value = Object(read());
  } catch {
    return undefined;
  }
  const strings = (...names: string[]) => names.every((name) => typeof value[name] === 'string');
  const fits =
    strings('id', 'author') &&
    ((value['kind'] === 'said' && strings('name', 'text')) ||
      (value['kind'] === 'edited' && strings('of', 'text')) ||
      (value['kind'] === 'deleted' && strings('of')));
  return fits ? (value as unknown as ChatEvent) : undefined;
}
