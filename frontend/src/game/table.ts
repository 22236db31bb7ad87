import type { Client, Publication, Subscription } from '../client/index.ts';
import { FanfareError } from '../client/index.ts';
import { backOff } from '../shared/back-off.ts';
import type { Visitor } from '../shared/visitor.ts';
import { after, NO_GAME, type GameEvent, type GameState } from './state.ts';

/** More than a question brings. */
const MOST_HELD = 1000;

/** What the server says on `/user/queue/game`. */
type Reply =
  | { type: 'entered'; code: string; position: string; now: number; you: string; state: GameState }
  | { type: 'refused'; reason: string; message: string };

export interface TableListener {
  /** The game, or who one is in it, is another; `event` says by what, where it is a single thing. */
  changed(event?: GameEvent): void;
  /** The server refused something, for a reason that is a word. */
  refused(reason: string, message: string): void;
  /** Something else went wrong, which is said in words. */
  failed(message: string): void;
}

/**
 * Sits at one game: has the whole state when it enters, folds what changes after that, and makes moves.
 *
 * It is the same after every interruption: the subscription resumes where it was, and entering again shows the others
 * that the player is back.
 */
export class Table {
  /** Empty as long as one is in no game. */
  code = '';
  /** By which id others see this visitor. */
  you = '';
  state: GameState = NO_GAME;
  private position = '';
  /** How far this clock is ahead of the server's, in milliseconds. */
  private ahead = 0;
  private log: Subscription | undefined;
  /** What came after a gap, until the whole state is there again; bounded by MOST_HELD. */
  private held: Publication[] | undefined;
  /** The connection on which one entered last, or asked to. */
  private session: string | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly client: Client;
  private readonly visitor: Visitor;
  private readonly listener: TableListener;

  constructor(client: Client, visitor: Visitor, listener: TableListener) {
    this.client = client;
    this.visitor = visitor;
    this.listener = listener;
    client.subscribe('/user/queue/game', { onPublication: (publication) => this.reply(publication.json<Reply>()) });
  }

  /** The server's time, in milliseconds since 1970. */
  now(): number {
    return Date.now() - this.ahead;
  }

  quick(name: string): Promise<boolean> {
    return this.ask('quick', { name });
  }

  create(name: string, rounds: number): Promise<boolean> {
    return this.ask('create', { name, rounds });
  }

  /** Look at a game, or take the seat again that one has there; what is refused for a time is asked for again. */
  async enter(code: string, failures = 0): Promise<void> {
    this.session = this.client.session;
    const error = await this.refusalOf(`${encodeURIComponent(code)}/enter`);
    if (error && this.mayPass(error)) {
      clearTimeout(this.again);
      this.again = setTimeout(() => void this.enter(code, failures + 1), backOff(failures, error.retryAfter));
    }
  }

  /** Make a move in the game; tells whether the server took it. */
  move(name: string, body?: object): Promise<boolean> {
    return this.ask(`${this.code}/${name}`, body);
  }

  private async ask(path: string, body?: object): Promise<boolean> {
    return (await this.refusalOf(path, body)) === undefined;
  }

  /** Ask for something; tells the listener of a refusal, and gives it. */
  private async refusalOf(path: string, body: object = {}): Promise<FanfareError | undefined> {
    try {
      await this.client.send(`/app/game/${path}`, body, { headers: this.visitor.headers });
      return undefined;
    } catch (thrown) {
      const error = thrown as FanfareError;
      // What the referee says no to comes with its reason on the queue.
      if (error.type !== 'rejected') {
        this.listener.failed(error.message);
      }
      return error;
    }
  }

  /** Whether it may help to enter again; what is held must not be held for ever. */
  private mayPass({ type, retryAfter }: FanfareError): boolean {
    return retryAfter !== undefined || (this.held !== undefined && type !== 'rejected' && type !== 'closed');
  }

  private reply(reply: Reply): void {
    if (reply.type === 'refused') {
      this.listener.refused(reply.reason, reply.message);
      return;
    }
    clearTimeout(this.again);
    this.session = this.client.session;
    this.ahead = Date.now() - reply.now;
    this.you = reply.you;
    if (reply.code !== this.code) {
      this.log?.unsubscribe();
      this.code = reply.code;
      this.position = '';
      this.held = undefined;
    }
    const held = this.held ?? [];
    if (this.held || isLater(reply.position, this.position)) {
      this.state = reply.state;
      this.position = reply.position;
      this.held = undefined;
    }
    if (!this.log || this.log.destination !== `/topic/game.${this.code}`) {
      this.log = this.follow(reply.position);
    }
    this.listener.changed();
    held.forEach((publication) => this.fold(publication));
  }

  private follow(position: string): Subscription {
    return this.client.subscribe(`game.${this.code}`, {
      resume: position,
      onPublication: (publication) => this.fold(publication),
      onGap: () => {
        this.held = [];
        void this.enter(this.code);
      },
      // On another connection the server does not know yet who sits here, even if it is the first that got so far.
      onLive: () => {
        if (this.client.session !== this.session) {
          void this.enter(this.code);
        }
      },
      onError: (error) => this.listener.failed(error.message),
    });
  }

  private fold(publication: Publication): void {
    const { position, timestamp } = publication;
    if (this.held) {
      this.held = [...this.held, publication].slice(-MOST_HELD);
      return;
    }
    if (position === undefined || !isLater(position, this.position)) {
      return;
    }
    const event = publication.json<GameEvent>();
    this.state = after(this.state, event, timestamp ?? this.now());
    this.position = position;
    this.listener.changed(event);
  }
}

/** Whether a position is after another one, or of another life of the topic. */
export function isLater(position: string, other: string): boolean {
  const [epoch, offset] = position.split(':');
  const [otherEpoch, otherOffset] = other.split(':');
  return epoch !== otherEpoch || Number(offset) > Number(otherOffset);
}
