import { byId } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import type { GameState } from './state.ts';

const INTERVAL = 100;

/** How much of a phase is left at a time of the server, from 1 to 0, and in whole seconds; nothing without an end. */
export function timeLeft({ since, until }: GameState, now: number): { part: number; seconds: number } | undefined {
  if (until === 0) {
    return undefined;
  }
  const left = Math.max(until - now, 0);
  return { part: Math.min(left / Math.max(until - since, 1), 1), seconds: Math.ceil(left / 1000) };
}

/** Shows how long a phase still takes, by the server's clock. */
export class Timer {
  private readonly bar = byId('time', HTMLProgressElement);
  private readonly seconds = byId('seconds', HTMLElement);

  constructor(texts: Texts, state: () => GameState, now: () => number) {
    setInterval(() => {
      const left = timeLeft(state(), now());
      this.bar.value = left?.part ?? 0;
      this.bar.classList.toggle('idle', left === undefined);
      this.seconds.textContent = left ? texts('game.seconds', left.seconds) : '';
    }, INTERVAL);
  }
}
