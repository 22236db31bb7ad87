import { byId, textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { ranking, type GameState, type Player } from './state.ts';
import { signed } from './words.ts';

/** Shows who plays and what they have, the best first. */
export class Scores {
  private readonly list = byId('scores', HTMLOListElement);
  private readonly count = byId('players', HTMLElement);
  private readonly texts: Texts;

  constructor(texts: Texts) {
    this.texts = texts;
  }

  show(state: GameState, you: string): void {
    this.count.textContent = this.texts('game.players', state.players.length, state.seats);
    this.list.replaceChildren(...ranking(state).map((player) => this.line(player, state, you)));
  }

  private line(player: Player, state: GameState, you: string): HTMLElement {
    const line = document.createElement('li');
    line.dataset['player'] = player.id;
    line.classList.toggle('away', !player.present);
    line.append(textElement('span', 'name', player.name));
    const words = [
      player.id === you && this.texts('game.you'),
      player.id === state.host && this.texts('game.host'),
      !player.present && this.texts('game.away'),
    ];
    line.append(...words.filter((word) => word !== false).map((word) => textElement('span', 'badge', word)));
    line.append(textElement('span', 'score', signed(player.score)));
    return line;
  }
}
