import { backOff } from './back-off.ts';
import type { Connection, ConnectionEvent, ConnectionListener } from './connection.ts';

export type State = 'connecting' | 'connected' | 'reconnecting' | 'closed';

export type Connect = (listener: ConnectionListener) => Connection;

export interface LinkListener extends ConnectionListener {
  /** `wait` is how many milliseconds remain until the next attempt, when one is planned. */
  onState(state: State, wait?: number): void;
}

/** A connection that lived this long was a success: the next loss starts again with the shortest wait. */
const STEADY = 5000;

/** Keeps a line to the server until told to close it: when a connection is lost, the next one is opened. */
export class Link {
  private readonly listener: LinkListener;
  private readonly wait: (failures: number) => number;
  private connect: Connect | undefined;
  private connection: Connection | undefined;
  private openedAt: number | undefined;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private currentState: State = 'closed';

  constructor(listener: LinkListener, wait: (failures: number) => number = backOff) {
    this.listener = listener;
    this.wait = wait;
  }

  get state(): State {
    return this.currentState;
  }

  open(connect: Connect): void {
    this.close();
    this.connect = connect;
    this.failures = 0;
    this.become('connecting');
    this.tryOnce();
  }

  close(): void {
    this.stopWaiting();
    const connection = this.connection;
    this.connection = undefined;
    this.connect = undefined;
    if (this.currentState !== 'closed') {
      this.become('closed');
    }
    connection?.close();
  }

  /** Do not wait any longer when there is reason to think that the server can be reached again. */
  hurry(): void {
    if (this.timer !== undefined) {
      this.tryOnce();
    }
  }

  /** Have the connection do something; where there is none, say so in the log. */
  use(action: (connection: Connection) => void): void {
    if (this.connection && this.currentState === 'connected') {
      action(this.connection);
    } else {
      const problem = { from: 'page', text: 'not-connected' } as const;
      this.listener.onEvent({ at: new Date(), direction: 'out', kind: 'error', problem });
    }
  }

  private tryOnce(): void {
    this.stopWaiting();
    this.openedAt = undefined;
    const connection = this.connect?.({
      onEvent: (event) => {
        this.listener.onEvent(event);
        if (connection === this.connection) {
          this.follow(event);
        }
      },
      onSubscribed: (destination) => this.listener.onSubscribed(destination),
      onRefused: (destination) => this.listener.onRefused(destination),
    });
    this.connection = connection;
  }

  private follow(event: ConnectionEvent): void {
    if (event.kind === 'open') {
      this.openedAt = event.at.getTime();
      this.become('connected');
    } else if (event.kind === 'close') {
      this.tryAgainLater(event.at.getTime());
    }
  }

  private tryAgainLater(now: number): void {
    this.connection = undefined;
    if (this.openedAt !== undefined && now - this.openedAt >= STEADY) {
      this.failures = 0;
    }
    const wait = this.wait(this.failures++);
    this.timer = setTimeout(() => this.tryOnce(), wait);
    this.become('reconnecting', wait);
  }

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private become(state: State, wait?: number): void {
    this.currentState = state;
    this.listener.onState(state, wait);
  }
}
