import { byId, textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { hasTurn, mayBuzz, type GameState, type Round } from './state.ts';
import { hintText, nameOf, phaseText, signed } from './words.ts';

const CHOICES = 4;

export interface StageMoves {
  buzz(): void;
  answer(choice: number): void;
}

/** Shows the question, its answers, the buzzer and who has buzzed. */
export class Stage {
  private readonly heading = byId('stage-heading', HTMLElement);
  private readonly progress = byId('progress', HTMLElement);
  private readonly question = byId('question', HTMLElement);
  private readonly buzzer = byId('buzzer', HTMLButtonElement);
  private readonly hint = byId('buzzer-hint', HTMLElement);
  private readonly queue = byId('queue', HTMLOListElement);
  private readonly list = byId('choices', HTMLElement);
  private readonly choices: HTMLButtonElement[];
  private readonly texts: Texts;
  private readonly language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

  constructor(texts: Texts, moves: StageMoves) {
    this.texts = texts;
    this.choices = Array.from({ length: CHOICES }, (_, choice) => choiceButton(() => moves.answer(choice)));
    this.list.append(...this.choices);
    this.buzzer.addEventListener('click', () => moves.buzz());
    document.addEventListener('keydown', (event) => this.key(event));
  }

  show(state: GameState, you: string): void {
    const { round } = state;
    this.heading.textContent = phaseText(this.texts, state, you);
    this.hint.textContent = hintText(this.texts, state, you);
    this.progress.textContent = round ? this.texts('game.round', round.number, state.rounds) : '';
    this.progress.hidden = round === null;
    this.question.textContent = round ? round.question.text[this.language] : this.texts('game.rules');
    this.question.classList.toggle('rules', round === null);
    this.list.hidden = round === null;
    const isMine = hasTurn(state, you);
    this.choices.forEach((button, choice) => this.choice(button, choice, round, isMine));
    this.buzzer.disabled = !mayBuzz(state, you);
    this.buzzer.dataset['phase'] = isMine ? 'turn' : state.phase;
    this.buzzer.hidden = state.phase === 'lobby' || state.phase === 'over';
    this.queue.replaceChildren(...this.buzzes(state));
  }

  private choice(button: HTMLButtonElement, choice: number, round: Round | null, isMine: boolean): void {
    const [key, text, mark] = Array.from(button.children) as [HTMLElement, HTMLElement, HTMLElement];
    const isWrong = round?.tries.some((each) => !each.right && each.choice === choice) ?? false;
    const isRight = round?.right === choice;
    key.textContent = String(choice + 1);
    text.textContent = round?.question.choices[choice]?.[this.language] ?? '';
    mark.textContent = isRight ? this.texts('game.choice.right') : isWrong ? this.texts('game.choice.wrong') : '';
    button.dataset['is'] = isRight ? 'right' : isWrong ? 'wrong' : isMine ? 'mine' : '';
    button.disabled = !isMine || isWrong;
  }

  /** Those who had their try, then those who wait for one. */
  private buzzes(state: GameState): HTMLElement[] {
    const { round } = state;
    const tried = (round?.tries ?? []).map(({ player, right, points }) => {
      const line = textElement('li', right ? 'good' : 'bad', nameOf(state, player));
      line.append(textElement('span', 'badge', signed(points)));
      return line;
    });
    return [...tried, ...(round?.queue ?? []).map((player) => textElement('li', '', nameOf(state, player)))];
  }

  private key(event: KeyboardEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || target.matches('input, select, textarea')) {
      return;
    }
    const button =
      event.key === ' ' && !target.matches('button, a') ? this.buzzer : this.choices[Number(event.key) - 1];
    if (button && !button.disabled && !this.list.hidden) {
      event.preventDefault();
      button.click();
    }
  }
}

function choiceButton(chosen: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'answer';
  button.append(textElement('kbd', '', ''), textElement('span', 'text', ''), textElement('span', 'mark', ''));
  button.addEventListener('click', chosen);
  return button;
}
