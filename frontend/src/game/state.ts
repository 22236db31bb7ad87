/**
 * The fold of a game's log, the same as the server's (`dev.fanfare.demo.game.GameState`): the same events lead to the
 * same state, so what a player sees is what the referee goes by. Both are tested with the same match.
 */

export type Phase = 'lobby' | 'starting' | 'reading' | 'open' | 'answering' | 'revealed' | 'over';

export interface Text {
  en: string;
  zh: string;
}

export interface Question {
  id: string;
  text: Text;
  choices: Text[];
}

export interface Player {
  id: string;
  name: string;
  score: number;
  /** Questions that they answered right. */
  solved: number;
  present: boolean;
  drops: number;
}

/** What came of a buzz; without a choice the time ran out. */
export interface Try {
  player: string;
  choice: number | null;
  right: boolean;
  points: number;
}

export interface Round {
  number: number;
  question: Question;
  /** Who has buzzed and had no turn yet, in the order of the log; the first one has the turn. */
  queue: string[];
  tries: Try[];
  /** The answer, once it is shown. */
  right: number | null;
  /** Milliseconds for which the buzzers are open once nobody answers. */
  left: number;
}

export interface GameState {
  kind: 'quick' | 'private';
  /** How many may play; 0 where there is no game. */
  seats: number;
  rounds: number;
  host: string | null;
  players: Player[];
  asked: string[];
  answering: number;
  phase: Phase;
  /** When the phase began and when it ends (0: nothing ends it), in milliseconds since 1970. */
  since: number;
  until: number;
  changed: number;
  round: Round | null;
}

export type GameEvent =
  | {
      type: 'begun';
      kind: 'quick' | 'private';
      seats: number;
      rounds: number;
      host: string | null;
      players: Player[];
      asked: string[];
      answering: number;
    }
  | { type: 'joined'; player: string; name: string }
  | { type: 'left' | 'away' | 'back'; player: string }
  | { type: 'restarted'; grace: number }
  | { type: 'starting'; millis: number }
  | { type: 'waiting' | 'over' | 'closed' }
  | { type: 'asked'; round: number; question: Question; millis: number }
  | { type: 'opened'; round: number; millis: number }
  | { type: 'buzzed'; round: number; player: string }
  | { type: 'answered'; round: number; player: string; choice: number | null; right: boolean; points: number }
  | { type: 'revealed'; round: number; right: number | null; millis: number };

/** How long the buzzers stay open at least when an answer was wrong. */
const LEAST_OPEN = 3000;

export const NO_GAME: GameState = {
  kind: 'private',
  seats: 0,
  rounds: 0,
  host: null,
  players: [],
  asked: [],
  answering: 0,
  phase: 'over',
  since: 0,
  until: 0,
  changed: 0,
  round: null,
};

/** The state after an event, the same one if the event came too late to count. */
export function after(state: GameState, event: GameEvent, time: number): GameState {
  switch (event.type) {
    case 'begun': {
      const { type: _, ...begun } = event;
      return { ...begun, phase: 'lobby', since: time, until: 0, changed: time, round: null };
    }
    case 'joined':
      return maySit(state, event) ? seated(state, event, time) : state;
    case 'left':
      return isBeforeFirstQuestion(state) ? without(state, event.player, time) : away(state, event.player, time);
    case 'away':
      return away(state, event.player, time);
    case 'back':
      return back(state, event.player, time);
    case 'restarted':
      return restarted(state, event.grace, time);
    case 'starting':
      return state.phase === 'lobby' ? inPhase(state, 'starting', time, event.millis, null) : state;
    case 'waiting':
      return state.phase === 'starting' ? inPhase(state, 'lobby', time, 0, null) : state;
    case 'asked':
      return isNext(state, event.round) ? asked(state, event, time) : state;
    case 'opened':
      return state.phase === 'reading' && state.round?.number === event.round
        ? inPhase(state, 'open', time, event.millis, state.round)
        : state;
    case 'buzzed':
      return mayBuzz(state, event.player, event.round) ? buzzed(state, event.player, time) : state;
    case 'answered':
      return hasTurn(state, event.player) && state.round?.number === event.round
        ? answered(state, state.round, event, time)
        : state;
    case 'revealed':
      return isAsking(state) && state.round?.number === event.round
        ? inPhase(state, 'revealed', time, event.millis, { ...state.round, queue: [], right: event.right, left: 0 })
        : state;
    case 'over':
      return state.phase === 'revealed' ? inPhase(state, 'over', time, 0, state.round) : state;
    case 'closed':
      return NO_GAME;
  }
}

export function playerOf(state: GameState, id: string): Player | undefined {
  return state.players.find((player) => player.id === id);
}

export function isBeforeFirstQuestion({ phase }: GameState): boolean {
  return phase === 'lobby' || phase === 'starting';
}

/** Whether a question is asked and its answer not shown yet. */
export function isAsking({ phase }: GameState): boolean {
  return phase === 'reading' || phase === 'open' || phase === 'answering';
}

export function hasTurn({ phase, round }: GameState, player: string): boolean {
  return phase === 'answering' && round?.queue[0] === player;
}

/** Whether a buzz of that player would count now. */
export function mayBuzz(state: GameState, player: string, number = state.round?.number): boolean {
  const { phase, round } = state;
  return (
    (phase === 'open' || phase === 'answering') &&
    round?.number === number &&
    playerOf(state, player) !== undefined &&
    !round?.queue.includes(player) &&
    !round?.tries.some((each) => each.player === player)
  );
}

/** The players by what they have, the best first. */
export function ranking({ players }: GameState): Player[] {
  return players
    .map((player, seat) => ({ player, seat }))
    .sort((one, other) => other.player.score - one.player.score || one.seat - other.seat)
    .map(({ player }) => player);
}

function maySit(state: GameState, { player, name }: { player: string; name: string }): boolean {
  return (
    state.phase !== 'over' &&
    state.players.length < state.seats &&
    playerOf(state, player) === undefined &&
    !state.players.some((seat) => seat.name.toLowerCase() === name.toLowerCase())
  );
}

function isNext({ phase, round }: GameState, number: number): boolean {
  return (phase === 'starting' && number === 1) || (phase === 'revealed' && round?.number === number - 1);
}

function seated(state: GameState, { player, name }: { player: string; name: string }, time: number): GameState {
  const seat = { id: player, name, score: 0, solved: 0, present: true, drops: 0 };
  return { ...state, players: [...state.players, seat], changed: time };
}

function without(state: GameState, player: string, time: number): GameState {
  const rest = state.players.filter((each) => each.id !== player);
  if (rest.length === state.players.length) {
    return state;
  }
  const next = state.host === player ? (rest.find((each) => each.present) ?? rest[0])?.id : undefined;
  return { ...state, players: rest, host: next ?? state.host, changed: time };
}

function away(state: GameState, player: string, time: number): GameState {
  return playerOf(state, player)?.present ? each(state, player, time, goes) : state;
}

function back(state: GameState, player: string, time: number): GameState {
  return playerOf(state, player)?.present === false
    ? each(state, player, time, (seat) => ({ ...seat, present: true }))
    : state;
}

function goes(seat: Player): Player {
  return { ...seat, present: false, drops: seat.drops + 1 };
}

function restarted(state: GameState, grace: number, time: number): GameState {
  return {
    ...state,
    players: state.players.map((seat) => (seat.present ? goes(seat) : seat)),
    since: time,
    until: state.until > 0 ? time + grace + state.until - state.since : 0,
    changed: time,
  };
}

function asked(state: GameState, event: GameEvent & { type: 'asked' }, time: number): GameState {
  const round = { number: event.round, question: event.question, queue: [], tries: [], right: null, left: 0 };
  return { ...inPhase(state, 'reading', time, event.millis, round), asked: [...state.asked, event.question.id] };
}

function buzzed(state: GameState, player: string, time: number): GameState {
  const round = state.round as Round;
  const queue = [...round.queue, player];
  return state.phase === 'open'
    ? inPhase(state, 'answering', time, state.answering, { ...round, queue, left: Math.max(state.until - time, 0) })
    : { ...state, round: { ...round, queue }, changed: time };
}

function answered(state: GameState, round: Round, event: GameEvent & { type: 'answered' }, time: number): GameState {
  const { player, choice, right, points } = event;
  const next = { ...round, queue: round.queue.slice(1), tries: [...round.tries, { player, choice, right, points }] };
  const scored = each(state, player, time, (seat) => ({
    ...seat,
    score: seat.score + points,
    solved: seat.solved + (right ? 1 : 0),
  }));
  return next.queue.length > 0
    ? inPhase(scored, 'answering', time, state.answering, next)
    : inPhase(scored, 'open', time, Math.max(next.left, LEAST_OPEN), next);
}

function inPhase(state: GameState, phase: Phase, time: number, millis: number, round: Round | null): GameState {
  return { ...state, phase, since: time, until: millis > 0 ? time + millis : 0, changed: time, round };
}

function each(state: GameState, player: string, time: number, change: (seat: Player) => Player): GameState {
  return { ...state, players: state.players.map((seat) => (seat.id === player ? change(seat) : seat)), changed: time };
}
