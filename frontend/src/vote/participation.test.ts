import { afterEach, expect, test, vi } from 'vitest';
import { FanfareError, type Client, type Publication, type SubscribeOptions } from '../client/index.ts';
import { Participation } from './participation.ts';

const POLL = { id: 'abcd1234', question: 'Lunch?', options: ['Soup', 'Salad'], kind: 'single', most: 1 };

/** Plays the server: refuses as the test says, and says what the test says. */
function takesPart() {
  const server = {
    sent: [] as string[],
    refusal: undefined as FanfareError | undefined,
    replies: {} as SubscribeOptions,
    joins: () =>
      server.replies.onPublication?.({
        json: () => ({ about: 'joined', poll: POLL, now: Date.now(), creator: false, receipt: null }),
      } as unknown as Publication),
  };
  const client = {
    subscribe: (destination: string, options: SubscribeOptions) => {
      if (destination === '/user/queue/vote') {
        server.replies = options;
      }
    },
    send: (destination: string) => {
      server.sent.push(destination);
      return server.refusal ? Promise.reject(server.refusal) : Promise.resolve({ headers: {} });
    },
  } as unknown as Client;
  const listener = { onJoined: vi.fn(), onTally: vi.fn(), onReceipt: vi.fn(), onRefused: vi.fn() };
  new Participation(client, { headers: {}, name: '' }, POLL.id, listener);
  const goLive = () => server.replies.onLive?.({ recovered: true, position: undefined, replayed: 0 });
  return { server, listener, goLive };
}

afterEach(() => {
  vi.useRealTimers();
});

test('who may not join for a time is told, and joins after it', async () => {
  vi.useFakeTimers();
  const { server, listener, goLive } = takesPart();
  server.refusal = new FanfareError('too-many-publications', 'Slow down.', 2);
  goLive();
  await vi.advanceTimersByTimeAsync(1999);
  expect(listener.onRefused).toHaveBeenCalledExactlyOnceWith(server.refusal);
  expect(server.sent).toHaveLength(1);

  server.refusal = undefined;
  await vi.advanceTimersByTimeAsync(600);
  server.joins();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.sent).toEqual(['/app/vote/abcd1234/join', '/app/vote/abcd1234/join']);
  expect(listener.onJoined).toHaveBeenCalledOnce();
});

test('a poll that is not there is not asked for again', async () => {
  vi.useFakeTimers();
  const { server, listener, goLive } = takesPart();
  server.refusal = new FanfareError('unknown-destination', 'There is no such poll.');
  goLive();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(listener.onRefused).toHaveBeenCalledOnce();
  expect(server.sent).toHaveLength(1);
});
