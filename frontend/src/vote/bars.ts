import { textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { choiceShare, ratingShare, type Share } from './share.ts';
import { svgElement } from './svg.ts';
import type { Poll } from './types.ts';

interface Bar {
  item: HTMLLIElement;
  figure: HTMLElement;
  fill: SVGRectElement;
}

/** Draws a bar for each option of a poll, which grows with its votes. */
export class Bars {
  private readonly texts: Texts;
  private readonly poll: Poll;
  private readonly bars: Bar[];

  constructor(list: HTMLElement, poll: Poll, texts: Texts) {
    this.poll = poll;
    this.texts = texts;
    this.bars = poll.options.map((option) => bar(option));
    list.replaceChildren(...this.bars.map(({ item }) => item));
  }

  /** Draw what each option has, or nothing where that is not known. */
  draw(marks: readonly (readonly number[])[] | undefined, voters: number): void {
    const shares = this.poll.options.map((_, index) => this.share(marks?.[index] ?? [], voters));
    const longest = Math.max(...shares.map(({ length }) => length));
    this.bars.forEach(({ item, figure, fill }, index) => {
      const share = shares[index] as Share;
      figure.textContent = marks ? this.say(share) : '';
      fill.setAttribute('width', `${share.length * 100}%`);
      item.dataset['ballots'] = String(share.ballots);
      item.toggleAttribute('data-leading', share.length > 0 && share.length === longest);
    });
  }

  private share(marks: readonly number[], voters: number): Share {
    return this.poll.kind === 'rating' ? ratingShare(marks.length > 0 ? marks : [0]) : choiceShare(marks, voters);
  }

  private say({ ballots, figure }: Share): string {
    if (this.poll.kind !== 'rating') {
      return this.texts('vote.results.option', ballots, figure);
    }
    return ballots > 0
      ? this.texts('vote.results.rating', figure.toFixed(1), ballots)
      : this.texts('vote.results.rating.none');
  }
}

function bar(option: string): Bar {
  const item = document.createElement('li');
  const figure = textElement('span', 'figure', '');
  const fill = svgElement('rect', { class: 'fill', width: '0%', height: '100%', rx: '4' });
  const drawing = svgElement('svg', { class: 'bar', 'aria-hidden': 'true' });
  drawing.append(svgElement('rect', { class: 'ground', width: '100%', height: '100%', rx: '4' }), fill);
  item.append(textElement('span', 'option', option), figure, drawing);
  return { item, figure, fill };
}
