import { expect, test } from 'vitest';
import type { WireEvent } from '../client/index.ts';
import { english as texts } from './testing.ts';
import { describeWire } from './wire-text.ts';

const at = Date.UTC(2026, 7, 1);

function frame(command: string, headers: Record<string, string>, body?: string | Uint8Array): WireEvent {
  return { at, kind: 'frame', direction: 'out', command, headers, body };
}

test('a frame is told by its command, its destination, its headers and its body', () => {
  const sent = frame('SEND', { destination: '/app/say', 'content-length': '5', receipt: 'r1' }, 'Hello');

  expect(describeWire(sent, texts)).toEqual({
    at: new Date(at),
    direction: 'out',
    kind: 'message',
    name: 'SEND',
    place: '/app/say',
    text: 'receipt:r1\nHello',
  });
});

test('an answer says how long it was waited for', () => {
  expect(describeWire(frame('RECEIPT', { 'receipt-id': 'r1' }), texts, 12.4).text).toBe('receipt-id:r1  after 12 ms');
});

test.each(['Authorization', 'passcode', 'visitor'])('what %s says is shown to nobody', (name) => {
  const { text } = describeWire(frame('SEND', { [name]: 'secret' }), texts);

  expect(text).toContain(`${name}:•••`);
  expect(text).not.toContain('secret');
});

test('a long body is shown by its beginning', () => {
  expect(describeWire(frame('MESSAGE', {}, 'x'.repeat(2003)), texts).text).toBe(
    `${'x'.repeat(2000)} … 3 more characters`,
  );
});

test('bytes are counted and shown in hexadecimal', () => {
  expect(describeWire(frame('MESSAGE', {}, new Uint8Array([0, 255])), texts).text).toBe('2 bytes: 00 ff');
});

test('bytes that are text are shown as text', () => {
  const body = new TextEncoder().encode('{"home":1}');

  expect(describeWire(frame('MESSAGE', { 'content-type': 'application/json' }, body), texts).text).toBe(
    'content-type:application/json\n{"home":1}',
  );
});

test.each([
  ['SUBSCRIBE', 'resume-after'],
  ['RECEIPT', 'recovered'],
])('how a subscription goes on stands out in %s', (command, header) => {
  expect(describeWire(frame(command, { [header]: 'x' }), texts).kind).toBe('resume');
  expect(describeWire(frame(command, {}), texts).kind).toBe('frame');
});

test('open, close and error are told in words', () => {
  const told = (event: WireEvent) => {
    const { kind, name, text } = describeWire(event, texts);
    return [kind, name, text];
  };

  expect(told({ at, kind: 'open', session: 's1' })).toEqual(['open', 'open', 'Session s1']);
  expect(told({ at, kind: 'close', code: 1006, reason: '' })).toEqual(['close', 'close', '1006 connection broken']);
  expect(told({ at, kind: 'error', type: 'access-denied', message: 'Not yours' })).toEqual([
    'error',
    'error',
    'access-denied: Not yours',
  ]);
});
