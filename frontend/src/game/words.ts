import type { Texts } from '../shared/texts.ts';
import { hasTurn, isBeforeFirstQuestion, mayBuzz, playerOf, ranking, type GameEvent, type GameState } from './state.ts';

/** Says in words what goes on, for one who looks at the game. */

/** What the game is doing. */
export function phaseText(texts: Texts, state: GameState, you: string): string {
  const turn = state.phase === 'answering' ? state.round?.queue[0] : undefined;
  if (turn !== undefined) {
    return turn === you ? texts('game.phase.answering.you') : texts('game.phase.answering', nameOf(state, turn));
  }
  return texts(`game.phase.${state.phase === 'answering' ? 'revealed' : state.phase}`);
}

/** What one can do now, or wait for. */
export function hintText(texts: Texts, state: GameState, you: string): string {
  switch (state.phase) {
    case 'lobby':
      return lobbyText(texts, state, you);
    case 'starting':
    case 'reading':
      return texts(`game.hint.${state.phase}`);
    case 'open':
    case 'answering':
      return askingText(texts, state, you);
    case 'revealed':
      return revealedText(texts, state);
    case 'over':
      return overText(texts, state);
  }
}

/** What one is in the game. */
export function roleText(texts: Texts, state: GameState, you: string): string {
  const player = playerOf(state, you);
  if (player) {
    return texts('game.role.player', player.name);
  }
  return texts(state.players.length < state.seats ? 'game.role.watching' : 'game.role.full');
}

/** What screen readers say of an event, beside the phase; nothing for most. */
export function eventText(texts: Texts, state: GameState, event: GameEvent | undefined): string | undefined {
  switch (event?.type) {
    case 'joined':
      return playerOf(state, event.player)?.name === event.name ? texts('game.say.joined', event.name) : undefined;
    case 'away':
    case 'back':
      return texts(`game.say.${event.type}`, nameOf(state, event.player));
    case 'answered':
      return event.right
        ? undefined
        : texts(event.choice === null ? 'game.say.timeout' : 'game.say.wrong', nameOf(state, event.player));
    default:
      return undefined;
  }
}

export function nameOf(state: GameState, player: string): string {
  return playerOf(state, player)?.name ?? '?';
}

/** Whether one may start the game now. */
export function mayStart(state: GameState, you: string): boolean {
  const host = state.host === null ? undefined : playerOf(state, state.host);
  return (
    state.kind === 'private' &&
    state.phase === 'lobby' &&
    playerOf(state, you) !== undefined &&
    (state.host === you || !host?.present)
  );
}

export function present(state: GameState): number {
  return state.players.filter((player) => player.present).length;
}

export function mayLeave(state: GameState, you: string): boolean {
  return isBeforeFirstQuestion(state) && playerOf(state, you) !== undefined;
}

function lobbyText(texts: Texts, state: GameState, you: string): string {
  if (state.kind === 'quick') {
    return texts('game.hint.lobby.quick');
  }
  if (present(state) < 2) {
    return texts('game.hint.lobby.alone');
  }
  return mayStart(state, you)
    ? texts('game.hint.lobby.host')
    : texts('game.hint.lobby.guest', nameOf(state, state.host ?? ''));
}

function askingText(texts: Texts, state: GameState, you: string): string {
  if (!playerOf(state, you)) {
    return texts('game.hint.watching');
  }
  if (hasTurn(state, you)) {
    return texts('game.hint.turn');
  }
  const place = state.round?.queue.indexOf(you) ?? -1;
  if (place > 0) {
    return texts('game.hint.queue', place + 1);
  }
  if (!mayBuzz(state, you)) {
    return texts('game.hint.tried');
  }
  return texts(state.phase === 'open' ? 'game.hint.open' : 'game.hint.queueing');
}

function revealedText(texts: Texts, { round, ...state }: GameState): string {
  const won = round?.tries.find((each) => each.right);
  if (won) {
    return texts('game.hint.won', nameOf({ ...state, round }, won.player), signed(won.points));
  }
  return texts(round?.right === null ? 'game.hint.void' : 'game.hint.nobody');
}

function overText(texts: Texts, state: GameState): string {
  const [first, second] = ranking(state);
  if (!first) {
    return '';
  }
  return second?.score === first.score
    ? texts('game.hint.tie', first.score)
    : texts('game.hint.over', first.name, first.score);
}

/** A number with its sign, the minus as it is printed. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points).replace('-', '−');
}
