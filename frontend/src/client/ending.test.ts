import { expect, test } from 'vitest';
import { after, readRefusal } from './ending.ts';
import { FanfareError } from './error.ts';

const ending = (code: number, reason = '', wasConnected = true) => ({ code, reason, wasConnected });

test('what the server asks for in the close frame counts', () => {
  expect(after(ending(1012, 'service-restart; retry-after=1.7'))).toEqual({
    again: true,
    newToken: false,
    retryAfter: 1.7,
  });
  expect(after(ending(1012, 'service-restart'))).toMatchObject({ again: true, retryAfter: undefined });
});

test('so does what it said in the ERROR before', () => {
  const error = new FanfareError('too-many-connections', 'Too many', 5);

  expect(after({ ...ending(1013, 'limit-reached'), error })).toMatchObject({ again: true, retryAfter: 5 });
});

test.each([4003, 4004, 4005])('after %i a new token is needed', (code) => {
  expect(after(ending(code))).toEqual({ again: true, newToken: true });
});

test.each([1008, 4010])('after %i there is no coming back', (code) => {
  expect(after(ending(code))).toEqual({ again: false });
});

test.each([1000, 1001, 1005, 1006, 1007, 1009, 1011, 1012, 1013, 4001, 4002, 4999])(
  'after %i it comes back',
  (code) => {
    expect(after(ending(code))).toMatchObject({ again: true, newToken: false });
  },
);

test('a server that speaks something else is not asked again', () => {
  expect(after(ending(1002, 'protocol-error', false))).toEqual({ again: false });
  expect(after(ending(1002, 'protocol-error', true))).toMatchObject({ again: true });
});

test('a refusal is read with its type, its words and its hint', () => {
  const headers = { type: 'too-many-publications', message: 'Slower', 'receipt-id': 'send-1', 'retry-after': '2' };

  const { receipt, error } = readRefusal({ command: 'ERROR', headers });

  expect(receipt).toBe('send-1');
  expect(error).toMatchObject({ type: 'too-many-publications', message: 'Slower', retryAfter: 2 });
});

test('an ERROR of any other server is read as far as it goes', () => {
  const body = new TextEncoder().encode('No');

  expect(readRefusal({ command: 'ERROR', headers: { 'retry-after': 'soon' }, body }).error).toMatchObject({
    type: 'refused',
    message: 'No',
    retryAfter: undefined,
  });
});
