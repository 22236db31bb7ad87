import { expect, test } from 'vitest';
import { encodeBody } from './body.ts';

test.each([
  ['grüß', 'grüß', 'text/plain;charset=utf-8', 6],
  [{ a: [1] }, '{"a":[1]}', 'application/json', 9],
  [null, 'null', 'application/json', 4],
  [false, 'false', 'application/json', 5],
  [undefined, undefined, undefined, 0],
])('%j goes out as it reads', (given, body, contentType, bytes) => {
  expect(encodeBody(given)).toEqual({ body, contentType, bytes });
});

test('bytes go out as they were when they were given', () => {
  const given = Uint8Array.of(0, 1, 2, 3);

  const views = [given.subarray(1, 3), given.buffer, new DataView(given.buffer, 3)].map(encodeBody);
  given.fill(9);

  expect(views.map(({ body }) => [...(body as Uint8Array)])).toEqual([[1, 2], [0, 1, 2, 3], [3]]);
  expect(views[0]?.contentType).toBe('application/octet-stream');
});

test('what nothing can be made of is refused', () => {
  expect(() => encodeBody(() => {})).toThrow('A function cannot be sent');
  expect(() => encodeBody(10n)).toThrow(TypeError);
});
