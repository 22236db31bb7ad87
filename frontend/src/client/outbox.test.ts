import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FanfareError } from './error.ts';
import type { Frame } from './link.ts';
import { Outbox } from './outbox.ts';

const limits = { maxPending: 3, maxPendingBytes: 100, idempotencyWindow: 600_000 };
const frame = (key: string): Frame => ({ command: 'SEND', headers: { 'idempotency-key': key } });

let sent: Frame[];
let outbox: Outbox;

const keys = () => sent.map(({ headers }) => headers['idempotency-key']);
const receiptOf = (key: string) =>
  sent.find(({ headers }) => headers['idempotency-key'] === key)?.headers['receipt'] ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  outbox = new Outbox(limits, (each) => sent.push(each));
});

afterEach(() => {
  vi.useRealTimers();
});

test('what has no answer is sent again, in the order it was given, with the same key and receipt', async () => {
  const first = outbox.add(frame('a'), 1, true);
  void outbox.add(frame('b'), 1, false).catch(() => {});
  outbox.answered(receiptOf('a'), { position: 'e:1' });
  void outbox.add(frame('c'), 1, false).catch(() => {});
  sent = [];

  outbox.flush();
  outbox.flush();

  expect(await first).toEqual({ position: 'e:1' });
  expect(keys()).toEqual(['b', 'c', 'b', 'c']);
  expect(new Set(sent.map(({ headers }) => headers['receipt'])).size).toBe(2);
});

test('no more wait than may, and what is answered makes room', async () => {
  const all = ['a', 'b', 'c'].map((key) => outbox.add(frame(key), 1, true));

  await expect(outbox.add(frame('d'), 1, true)).rejects.toMatchObject({ type: 'queue-full' });
  outbox.answered(receiptOf('b'), {});
  void outbox.add(frame('e'), 1, true);

  await all[1];
  expect(keys()).toEqual(['a', 'b', 'c', 'e']);
});

test('nor more bytes', async () => {
  void outbox.add(frame('a'), 60, true);

  await expect(outbox.add(frame('b'), 41, true)).rejects.toMatchObject({ type: 'queue-full' });
  void outbox.add(frame('c'), 40, true);

  expect(keys()).toEqual(['a', 'c']);
});

test('what was sent is not sent again when the server could have forgotten its key', async () => {
  const uncertain = outbox.add(frame('sent'), 1, true);
  void outbox.add(frame('queued'), 1, false);
  sent = [];

  vi.advanceTimersByTime(limits.idempotencyWindow);
  const rejected = expect(uncertain).rejects.toMatchObject({ type: 'outcome-unknown' });
  outbox.flush();

  await rejected;
  expect(keys()).toEqual(['queued']);
});

test('what has no key is sent once', async () => {
  const unnamed = outbox.add({ command: 'SEND', headers: {} }, 1, true);
  const rejected = expect(unnamed).rejects.toMatchObject({ type: 'outcome-unknown' });

  outbox.flush();

  await rejected;
  expect(sent).toHaveLength(1);
});

test('a message that ends every connection is given up', async () => {
  const poison = outbox.add(frame('poison'), 1, true);
  const gone = expect(poison).rejects.toMatchObject({ type: 'header-too-long' });
  for (let connection = 0; connection < 3; connection++) {
    outbox.faulted(new FanfareError('header-too-long', 'Too long'));
    outbox.flush();
  }

  await gone;
  expect(keys()).toEqual(['poison', 'poison', 'poison']);
});

test('who gives up waiting is rejected with the reason, and nothing goes out', async () => {
  const stop = new AbortController();
  const waiting = outbox.add(frame('a'), 1, false, stop.signal);

  stop.abort(new Error('Changed my mind'));
  outbox.flush();

  await expect(waiting).rejects.toThrow('Changed my mind');
  await expect(outbox.add(frame('b'), 1, true, stop.signal)).rejects.toThrow('Changed my mind');
  expect(sent).toEqual([]);
});

test('a refusal rejects what it is for, and the end rejects the rest', async () => {
  const [refused, left] = ['a', 'b'].map((key) => outbox.add(frame(key), 1, true));

  outbox.refused(receiptOf('a'), new FanfareError('access-denied', 'No'));
  outbox.end(new FanfareError('closed', 'Over'));

  await expect(refused).rejects.toMatchObject({ type: 'access-denied' });
  await expect(left).rejects.toMatchObject({ type: 'closed' });
});
