import { expect, test } from 'vitest';
import { english as texts } from '../shared/testing.ts';
import { after, NO_GAME, type GameEvent, type GameState } from './state.ts';
import { timeLeft } from './timer.ts';
import { eventText, hintText, mayStart, phaseText, roleText, signed } from './words.ts';

const question = {
  id: 'one',
  text: { en: 'Which?', zh: '哪个？' },
  choices: [1, 2, 3, 4].map((each) => ({ en: `${each}`, zh: `${each}` })),
};
const LOBBY: GameEvent[] = [
  {
    type: 'begun',
    kind: 'private',
    seats: 3,
    rounds: 1,
    host: 'ada',
    players: [],
    asked: [],
    answering: 8000,
  },
  { type: 'joined', player: 'ada', name: 'Ada' },
];
const OPEN: GameEvent[] = [
  ...LOBBY,
  { type: 'joined', player: 'bob', name: 'Bob' },
  { type: 'starting', millis: 10 },
  { type: 'asked', round: 1, question, millis: 10 },
  { type: 'opened', round: 1, millis: 1000 },
];

function folded(...events: GameEvent[]): GameState {
  return events.reduce((state, event) => after(state, event, 1000), NO_GAME);
}

test('a lobby tells the host what is missing, and others whom they wait for', () => {
  const alone = folded(...LOBBY);
  const two = folded(...LOBBY, { type: 'joined', player: 'bob', name: 'Bob' });

  expect(hintText(texts, alone, 'ada')).toContain('One more player');
  expect(hintText(texts, two, 'ada')).toBe('Start when everybody is there.');
  expect(hintText(texts, two, 'bob')).toBe('Ada starts the game.');
  expect([mayStart(two, 'ada'), mayStart(two, 'bob'), mayStart(two, 'eve')]).toEqual([true, false, false]);
  expect(mayStart(after(two, { type: 'away', player: 'ada' }, 1000), 'bob')).toBe(true);
  expect(roleText(texts, two, 'bob')).toBe('You play as Bob.');
  expect(roleText(texts, two, 'eve')).toBe('You are watching.');
  expect(roleText(texts, { ...two, seats: 2 }, 'eve')).toContain('All seats are taken');
});

test('everybody is told whose turn it is and what they can do themselves', () => {
  const asked = folded(...OPEN, { type: 'buzzed', round: 1, player: 'bob' });
  const queued = after(asked, { type: 'buzzed', round: 1, player: 'ada' }, 1000);

  expect(phaseText(texts, asked, 'bob')).toBe('Your turn: choose an answer');
  expect(phaseText(texts, asked, 'ada')).toBe('Bob answers');
  expect(hintText(texts, asked, 'bob')).toContain('keys 1 to 4');
  expect(hintText(texts, asked, 'ada')).toBe('You can buzz to be next.');
  expect(hintText(texts, queued, 'ada')).toBe('You are number 2 in the queue.');
  expect(hintText(texts, queued, 'eve')).toBe('Only players buzz.');
});

test('the end of a question says who knew it, and the end of a match who won', () => {
  const buzzed: GameEvent[] = [...OPEN, { type: 'buzzed', round: 1, player: 'bob' }];
  const right: GameEvent = { type: 'answered', round: 1, player: 'bob', choice: 2, right: true, points: 10 };
  const wrong: GameEvent = { type: 'answered', round: 1, player: 'bob', choice: 1, right: false, points: -5 };
  const shown: GameEvent = { type: 'revealed', round: 1, right: 2, millis: 10 };

  expect(hintText(texts, folded(...buzzed, right, shown), '')).toBe('Bob was right: +10 points.');
  expect(hintText(texts, folded(...buzzed, wrong, shown), '')).toBe('Nobody knew it.');
  expect(hintText(texts, folded(...OPEN, { ...shown, right: null }), '')).toBe('This question was left out.');
  expect(hintText(texts, folded(...buzzed, right, shown, { type: 'over' }), '')).toBe('Bob wins with 10 points.');
  expect(hintText(texts, folded(...OPEN, shown, { type: 'over' }), '')).toBe('A tie: 0 points each.');
  expect(eventText(texts, folded(...buzzed), wrong)).toBe('Bob was wrong.');
  expect(eventText(texts, folded(...buzzed), { ...wrong, choice: null })).toBe('The time of Bob ran out.');
  expect(eventText(texts, folded(...buzzed), right)).toBeUndefined();
});

test('points have a sign, and time has an end', () => {
  expect([signed(10), signed(-5), signed(0)]).toEqual(['+10', '−5', '0']);
  const state = { ...NO_GAME, since: 1000, until: 5000 };
  expect(timeLeft(state, 2000)).toEqual({ part: 0.75, seconds: 3 });
  expect(timeLeft(state, 9000)).toEqual({ part: 0, seconds: 0 });
  expect(timeLeft(state, 0)).toEqual({ part: 1, seconds: 5 });
  expect(timeLeft(NO_GAME, 0)).toBeUndefined();
});
