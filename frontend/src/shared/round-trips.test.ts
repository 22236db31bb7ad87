import { expect, test } from 'vitest';
import type { WireEvent } from '../client/index.ts';
import { RoundTrips } from './round-trips.ts';

function sent(at: number, receipt: string): WireEvent {
  return { at, kind: 'frame', direction: 'out', command: 'SEND', headers: { receipt } };
}

function answered(at: number, receipt: string): WireEvent {
  return { at, kind: 'frame', direction: 'in', command: 'RECEIPT', headers: { 'receipt-id': receipt } };
}

test('a round trip goes from the frame to its receipt', () => {
  const trips = new RoundTrips();

  expect(trips.follow(sent(100, 'a'))).toBeUndefined();
  expect(trips.follow(sent(105, 'b'))).toBeUndefined();
  expect(trips.follow(answered(112, 'a'))).toBe(12);
  expect(trips.follow(answered(113, 'b'))).toBe(8);
  expect(trips.follow(answered(114, 'b'))).toBeUndefined();
});

test('a new connection answers nothing of the old one', () => {
  const trips = new RoundTrips();
  trips.follow(sent(100, 'a'));
  trips.follow({ at: 101, kind: 'close', code: 1006, reason: '' });

  expect(trips.follow(answered(5000, 'a'))).toBeUndefined();
});

test('no more are remembered than the limit says', () => {
  const trips = new RoundTrips(2);
  ['a', 'b', 'c'].forEach((receipt) => trips.follow(sent(100, receipt)));

  expect(trips.follow(answered(110, 'a'))).toBeUndefined();
  expect(trips.follow(answered(110, 'b'))).toBe(10);
});
