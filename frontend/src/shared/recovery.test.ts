import { expect, test } from 'vitest';
import type { WireEvent } from '../client/index.ts';
import { Recovery } from './recovery.ts';

const opened: WireEvent = { at: 0, kind: 'open', session: 's' };

function subscribe(receipt: string, headers: Record<string, string>): WireEvent {
  return { at: 0, kind: 'frame', direction: 'out', command: 'SUBSCRIBE', headers: { receipt, ...headers } };
}

function live(receipt: string, headers: Record<string, string>): WireEvent {
  return { at: 0, kind: 'frame', direction: 'in', command: 'RECEIPT', headers: { 'receipt-id': receipt, ...headers } };
}

function follow(...events: WireEvent[]): unknown[] {
  const recovery = new Recovery();
  return events.map((event) => recovery.follow(event));
}

test('what was missed is told when the last subscription is live again', () => {
  const told = follow(
    opened,
    opened,
    subscribe('1', { 'resume-after': 'e:4' }),
    subscribe('2', { 'resume-after': 'f:9' }),
    live('1', { recovered: 'true', replayed: '3' }),
    live('2', { recovered: 'true', replayed: '2' }),
  );

  expect(told).toEqual([undefined, undefined, undefined, undefined, undefined, { missed: 5, lost: false }]);
});

test('what the server no longer keeps is said to be lost', () => {
  const told = follow(opened, opened, subscribe('1', { 'resume-after': 'e:4' }), live('1', { recovered: 'false' }));

  expect(told.at(-1)).toEqual({ missed: 0, lost: true });
});

test('who begins anew has missed nothing', () => {
  expect(follow(opened, subscribe('1', { replay: 'last=50' }), live('1', { replayed: '50' })).at(-1)).toBeUndefined();
});

test('who comes for the first time is not back, wherever they start', () => {
  const told = follow(
    opened,
    subscribe('1', { 'resume-after': 'e:4' }),
    live('1', { recovered: 'true', replayed: '1' }),
  );

  expect(told.at(-1)).toBeUndefined();
});

test('a second cut counts anew', () => {
  const told = follow(
    opened,
    subscribe('1', { 'resume-after': 'e:4' }),
    live('1', { recovered: 'true', replayed: '3' }),
    opened,
    subscribe('2', { 'resume-after': 'e:7' }),
    live('2', { recovered: 'true', replayed: '0' }),
  );

  expect(told.at(-1)).toEqual({ missed: 0, lost: false });
});
