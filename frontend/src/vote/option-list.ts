import { byId, textElement } from '../shared/elements.ts';
import { isComposing } from '../shared/keys.ts';
import type { Texts } from '../shared/texts.ts';

const FIRST = 3;
const LEAST = 2;
const MOST = 20;

/** The list of inputs in which options are written. */
export class OptionList {
  private readonly list = byId('options', HTMLOListElement);
  private readonly add = byId('add-option', HTMLButtonElement);
  private readonly texts: Texts;

  constructor(texts: Texts) {
    this.texts = texts;
    Array.from({ length: FIRST }, () => this.append());
    this.add.addEventListener('click', () => this.append().focus());
    this.list.addEventListener('keydown', (event) => this.goOn(event));
  }

  /** What is written, without what is empty. */
  texted(): string[] {
    return this.inputs()
      .map(({ value }) => value.trim())
      .filter(Boolean);
  }

  private inputs(): HTMLInputElement[] {
    return [...this.list.querySelectorAll('input')];
  }

  private append(): HTMLInputElement {
    const item = document.createElement('li');
    const input = document.createElement('input');
    input.maxLength = 100;
    const remove = textElement('button', 'sign', '×') as HTMLButtonElement;
    remove.type = 'button';
    remove.addEventListener('click', () => {
      item.remove();
      this.number();
      this.inputs().at(-1)?.focus();
    });
    item.append(input, remove);
    this.list.append(item);
    this.number();
    return input;
  }

  private number(): void {
    const inputs = this.inputs();
    inputs.forEach((input, index) => {
      const remove = input.nextElementSibling as HTMLButtonElement;
      input.ariaLabel = this.texts('vote.open.option', index + 1);
      input.placeholder = input.ariaLabel;
      input.required = index < LEAST;
      remove.ariaLabel = this.texts('vote.open.remove', index + 1);
      remove.disabled = inputs.length <= LEAST;
    });
    this.add.disabled = inputs.length >= MOST;
  }

  /** Enter goes on to the next option, and opens the poll from the last one that is written. */
  private goOn(event: KeyboardEvent): void {
    const next = this.inputs()[this.inputs().indexOf(event.target as HTMLInputElement) + 1];
    if (event.key === 'Enter' && !isComposing(event) && event.target instanceof HTMLInputElement && next) {
      event.preventDefault();
      next.focus();
    }
  }
}
