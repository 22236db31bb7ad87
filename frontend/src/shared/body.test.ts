import { expect, test } from 'vitest';
import { hex, readBody } from './body.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

test('text is read as text', () => {
  expect(readBody(new TextEncoder().encode('你好, client!'), 'text/plain')).toBe('你好, client!');
});

test('bytes that are no text stay bytes', () => {
  expect(readBody(bytes(0xff, 0x00))).toEqual(bytes(0xff, 0x00));
});

test('bytes that say they are bytes stay bytes', () => {
  expect(readBody(bytes(0x41), 'application/octet-stream')).toEqual(bytes(0x41));
});

test('a long payload is shown by its beginning', () => {
  expect(hex(bytes(0, 15, 255))).toBe('00 0f ff');
  expect(hex(bytes(1, 2, 3), 2)).toBe('01 02 …');
});
