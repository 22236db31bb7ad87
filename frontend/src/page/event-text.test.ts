import { expect, test } from 'vitest';
import type { ConnectionEvent } from './connection.ts';
import { timeText } from '../shared/event-log.ts';
import { english as texts } from '../shared/testing.ts';
import { describe } from './event-text.ts';

const at = new Date(2026, 7, 1, 9, 5, 7, 42);

test('an open names the path and the session', () => {
  const opened: ConnectionEvent = {
    at,
    direction: 'in',
    kind: 'open',
    address: 'ws://example.org/ws?session=a',
    session: 'a',
  };

  expect(describe(opened, texts)).toEqual({
    at,
    direction: 'in',
    kind: 'open',
    name: 'open',
    place: '/ws',
    text: 'Session a',
  });
});

test('text is shown as it came', () => {
  const body = '<script>alert(1)</script>';

  expect(describe({ at, direction: 'in', kind: 'message', destination: '/topic/a', body }, texts)).toMatchObject({
    place: '/topic/a',
    text: body,
  });
});

test('bytes are counted and shown in hexadecimal', () => {
  const body = new Uint8Array([0, 255]);

  expect(describe({ at, direction: 'in', kind: 'message', destination: '/', body }, texts).text).toBe('2 bytes: 00 ff');
});

test('the server has the word on its own errors', () => {
  const problem = { from: 'server', text: 'Not a topic name' } as const;

  expect(describe({ at, direction: 'in', kind: 'error', problem }, texts).text).toBe('Not a topic name');
});

test('the time has milliseconds', () => {
  expect(timeText(at)).toBe('09:05:07.042');
});
