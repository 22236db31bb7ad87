import type { Client, State } from '../client/index.ts';

/** Asks the server now and then how far away it is, while somebody looks at the page. */
export class Latency {
  private readonly client: Pick<Client, 'ping'>;
  private readonly show: (milliseconds: number) => void;
  private readonly every: number;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param every milliseconds between two questions */
  constructor(client: Pick<Client, 'ping'>, show: (milliseconds: number) => void, every = 10_000) {
    this.client = client;
    this.show = show;
    this.every = every;
  }

  /** Begin when the connection is there, and rest while it is not. */
  follow(state: State): void {
    clearInterval(this.timer);
    if (state === 'connected') {
      this.ask();
      this.timer = setInterval(() => this.ask(), this.every);
    }
  }

  private ask(): void {
    if (!document.hidden) {
      // What fails here the state tells.
      this.client.ping().then(this.show, () => undefined);
    }
  }
}
