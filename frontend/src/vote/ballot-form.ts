import { byId, textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import type { Poll } from './types.ts';

const STARS = [1, 2, 3, 4, 5];

/** The part of the form in which a voter marks the options. */
export class BallotForm {
  private readonly form = byId('cast', HTMLFormElement);
  private readonly place = byId('ballot-options', HTMLElement);
  private readonly texts: Texts;
  private poll: Poll | undefined;

  constructor(texts: Texts) {
    this.texts = texts;
  }

  /** Show a poll's options; what is marked already stays when it is shown again. */
  show(poll: Poll): void {
    if (this.poll) {
      return;
    }
    this.poll = poll;
    byId('ballot-hint', HTMLElement).textContent = this.texts(`vote.ballot.${poll.kind}`, poll.most);
    if (poll.kind === 'rating') {
      this.place.replaceChildren(...poll.options.map((option, index) => this.stars(option, index)));
    } else {
      this.place.className = 'choices';
      this.place.replaceChildren(...poll.options.map((option, index) => choice(poll, option, index)));
    }
    this.place.addEventListener('change', () => this.limit());
  }

  /** Mark what the voter has cast. */
  mark(marks: readonly number[]): void {
    marks.forEach((mark, index) => {
      this.inputs(index).forEach((input) => (input.checked = Number(input.value) === mark));
    });
    this.limit();
  }

  /** What is marked, one number for each option. */
  marks(): number[] {
    return (this.poll?.options ?? []).map((_, index) => {
      const checked = this.inputs(index).find((input) => input.checked);
      return Number(checked?.value ?? 0);
    });
  }

  private inputs(option: number): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>(`input[data-option="${option}"]`)];
  }

  /** Leave no more to be chosen than may be. */
  private limit(): void {
    const poll = this.poll;
    if (poll?.kind === 'multiple') {
      const full = this.marks().filter((mark) => mark > 0).length >= poll.most;
      poll.options
        .flatMap((_, index) => this.inputs(index))
        .forEach((input) => (input.disabled = full && !input.checked));
    }
  }

  private stars(option: string, index: number): HTMLElement {
    const group = document.createElement('fieldset');
    group.className = 'stars';
    const row = textElement('div', 'row-of-stars', '');
    row.append(this.star(index, 0), ...STARS.map((star) => this.star(index, star)));
    group.append(textElement('legend', '', option), row);
    return group;
  }

  private star(option: number, stars: number): HTMLElement {
    const label = document.createElement('label');
    const sign = textElement('span', 'sign', stars === 0 ? '–' : '★');
    const said = stars === 0 ? this.texts('vote.ballot.none') : this.texts('vote.ballot.star', stars);
    sign.ariaHidden = 'true';
    const star = input('radio', option, String(stars));
    star.name = `option-${option}`;
    label.classList.toggle('none', stars === 0);
    label.title = said;
    label.append(star, sign, textElement('span', 'unseen', said));
    return label;
  }
}

function choice(poll: Poll, option: string, index: number): HTMLElement {
  const label = document.createElement('label');
  const mark = input(poll.kind === 'single' ? 'radio' : 'checkbox', index, '1');
  mark.name = 'option';
  label.append(mark, textElement('span', '', option));
  return label;
}

function input(type: string, option: number, value: string): HTMLInputElement {
  const made = document.createElement('input');
  made.type = type;
  made.value = value;
  made.dataset['option'] = String(option);
  return made;
}
