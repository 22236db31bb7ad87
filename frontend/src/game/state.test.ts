import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { after, hasTurn, mayBuzz, NO_GAME, ranking, type GameEvent, type GameState } from './state.ts';

interface Match {
  log: { time: number; event: GameEvent; counts: boolean; phase: string }[];
  state: GameState;
}

const recorded = new URL('../../../src/test/resources/game/match.json', import.meta.url);
const match = JSON.parse(readFileSync(recorded, 'utf8')) as Match;

function folded(count: number): GameState {
  return match.log.slice(0, count).reduce((state, { event, time }) => after(state, event, time), NO_GAME);
}

function indexOf(type: GameEvent['type'], player: string): number {
  return match.log.findIndex(
    ({ event, counts }) => counts && event.type === type && 'player' in event && event.player === player,
  );
}

test('a page folds as the server does, whose tests fold the same match', () => {
  let state = NO_GAME;
  for (const { event, time, counts, phase } of match.log) {
    const next = after(state, event, time);
    expect(next !== state, JSON.stringify(event)).toBe(counts);
    expect(next.phase, JSON.stringify(event)).toBe(phase);
    state = next;
  }
  expect(state).toEqual(match.state);
});

test('a state that was told in the middle leads to the same end', () => {
  const told = JSON.parse(JSON.stringify(folded(20))) as GameState;

  expect(match.log.slice(20).reduce((state, { event, time }) => after(state, event, time), told)).toEqual(match.state);
});

test('who has the turn or a try behind them does not buzz, nor does who watches', () => {
  const asking = folded(indexOf('answered', 'eve') + 1);

  expect(hasTurn(asking, 'bob')).toBe(true);
  expect(mayBuzz(asking, 'bob')).toBe(false);
  expect(mayBuzz(asking, 'eve')).toBe(false);
  expect(mayBuzz(asking, 'kim')).toBe(true);
  expect(mayBuzz(asking, 'nobody')).toBe(false);
  expect(mayBuzz(asking, 'kim', 2)).toBe(false);
});

test('who has more comes first, and of equals who sat first', () => {
  expect(ranking(match.state).map(({ id }) => id)).toEqual(['kim', 'joe', 'bob', 'eve']);
});
