import type { Texts } from '../shared/texts.ts';
import { Bars } from './bars.ts';
import type { Tally } from './tally.ts';
import { timeLeft } from './time-left.ts';
import type { Poll } from './types.ts';

/** Shows how a poll stands, in a section whose parts are marked with `data-part`. */
export class Results {
  private readonly section: HTMLElement;
  private readonly texts: Texts;
  private bars: Bars | undefined;

  constructor(section: HTMLElement, texts: Texts) {
    this.section = section;
    this.texts = texts;
  }

  show(poll: Poll, tally: Tally): void {
    this.bars ??= new Bars(this.part('bars'), poll, this.texts);
    this.bars.draw(tally.marks, tally.voters);
    this.part('bars').classList.toggle('unknown', !tally.marks);
    this.part('voters').textContent = this.texts('vote.results.voters', tally.voters);
    const hidden = this.part('hidden');
    hidden.hidden = poll.shown === 'always' || tally.marks !== undefined;
    hidden.textContent = hidden.hidden ? '' : this.texts(`vote.results.${poll.shown}`);
  }

  /** @param now the server's time */
  showTime(poll: Poll, tally: Tally, now: number): void {
    const text = timeLeft(this.texts, tally.closed !== null, poll.closes - now);
    const time = this.part('time');
    // Only when it changes, so that nobody is disturbed.
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }

  private part(name: string): HTMLElement {
    const part = this.section.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!part) {
      throw new Error(`The section has no part '${name}'`);
    }
    return part;
  }
}
