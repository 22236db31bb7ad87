import type { State, StateDetail } from '../client/index.ts';
import { byId } from './elements.ts';
import type { Recovered } from './recovery.ts';
import type { Texts } from './texts.ts';

/** Says in words how the connection is: its state, what came of coming back, and how far away the server is. */
export class ConnectionBar {
  private readonly word = byId('connection-state', HTMLElement);
  private readonly detail = byId('connection-detail', HTMLElement);
  private readonly distance = byId('connection-latency', HTMLElement);
  private readonly texts: Texts;

  constructor(texts: Texts) {
    this.texts = texts;
  }

  /** Tell the state. What is told of coming back, which follows, stays until the connection is gone again. */
  state(state: State, { retryIn, error }: StateDetail = {}): void {
    this.word.dataset['state'] = state;
    this.word.textContent = this.texts(`shell.state.${state}`);
    if (state === 'connected') {
      // No longer so; what comes of coming back is told after this.
      this.detail.textContent = '';
      return;
    }
    // The first attempt is made at once.
    const wait = !retryIn ? '' : this.texts('shell.state.wait', (retryIn / 1000).toFixed(1));
    this.detail.textContent = [error?.message, wait].filter(Boolean).join(' · ');
    this.distance.textContent = '–';
  }

  recovered({ missed, lost }: Recovered): void {
    const key = lost ? 'lost' : missed === 0 ? 'none' : undefined;
    this.detail.textContent = key ? this.texts(`shell.recovered.${key}`) : this.texts('shell.recovered', missed);
  }

  latency(milliseconds: number): void {
    this.distance.textContent = this.texts('shell.latency.value', Math.round(milliseconds));
  }
}
