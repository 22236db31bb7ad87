import { expect, test } from 'vitest';
import { codeIn } from './address.ts';

const GAMES = 'https://fanfare.example/game/';

test('an address names a game, or the door', () => {
  expect(codeIn(`${GAMES}K7QX2M?lang=zh#main`, GAMES)).toBe('K7QX2M');
  expect(codeIn(`${GAMES}caf%C3%A9`, GAMES)).toBe('café');
  expect(codeIn('https://fanfare.example/game', GAMES)).toBe('');
  expect(codeIn(GAMES, GAMES)).toBe('');
});

test('an address that cannot be decoded names a game that is not there', () => {
  expect(codeIn(`${GAMES}%`, GAMES)).toBe('%');
});
