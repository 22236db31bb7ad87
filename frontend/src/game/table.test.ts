import { afterEach, expect, test, vi } from 'vitest';
import { FanfareError, type Client, type Publication, type SubscribeOptions } from '../client/index.ts';
import { NO_GAME, type GameEvent } from './state.ts';
import { isLater, Table } from './table.ts';

/** Plays the server: what was sent is kept, and what it says is said by the test. */
class Server {
  readonly sent: string[] = [];
  refusal: FanfareError | undefined;
  private readonly subscriptions = new Map<string, SubscribeOptions>();

  readonly client = {
    session: 'one',
    subscribe: (destination: string, options: SubscribeOptions) => {
      this.subscriptions.set(destination, options);
      return { destination: destination.startsWith('/') ? destination : `/topic/${destination}`, unsubscribe() {} };
    },
    send: (destination: string, body: unknown) => {
      this.sent.push(`${destination} ${JSON.stringify(body)}`);
      return this.refusal ? Promise.reject(this.refusal) : Promise.resolve({ headers: {} });
    },
  } as unknown as Client & { session: string };

  of(destination: string): SubscribeOptions {
    const options = this.subscriptions.get(destination);
    if (!options) {
      throw new Error(`Nobody subscribes to ${destination}`);
    }
    return options;
  }

  says(body: object): void {
    this.of('/user/queue/game').onPublication?.({ json: () => body } as unknown as Publication);
  }

  publishes(offset: number, event: GameEvent, epoch = 'e'): void {
    const publication = { position: `${epoch}:${offset}`, timestamp: 1000 + offset, json: () => event };
    this.of('game.K7QX2M').onPublication?.(publication as unknown as Publication);
  }

  /** Lets the log's subscription go live on a connection. */
  goesLive(session: string): void {
    this.client.session = session;
    this.of('game.K7QX2M').onLive?.({ recovered: true, position: 'e:3', replayed: 0 });
  }

  tells(offset: number, epoch = 'e'): void {
    const state = { ...NO_GAME, seats: 2, phase: 'lobby', changed: offset };
    this.says({
      type: 'entered',
      code: 'K7QX2M',
      position: `${epoch}:${offset}`,
      now: Date.now() - 500,
      you: 'me',
      state,
    });
  }
}

afterEach(() => {
  vi.useRealTimers();
});

function sits() {
  const server = new Server();
  const listener = { changed: vi.fn(), refused: vi.fn(), failed: vi.fn() };
  const table = new Table(server.client, { headers: { visitor: 's' }, name: 'Me' }, listener);
  return { server, listener, table };
}

const JOINED: GameEvent = { type: 'joined', player: 'bob', name: 'Bob' };

test('who enters has the whole state and then what changes, each once', async () => {
  const { server, table } = sits();
  await table.enter('K7QX2M');
  server.tells(3);

  expect(server.sent).toEqual(['/app/game/K7QX2M/enter {}']);
  expect(server.of('game.K7QX2M').resume).toBe('e:3');
  server.publishes(3, JOINED);
  expect(table.state.players).toEqual([]);
  server.publishes(4, JOINED);
  expect(table.state.players.map(({ name }) => name)).toEqual(['Bob']);
  expect(table.now()).toBeLessThanOrEqual(Date.now() - 500);
});

test('who comes back enters again, and an older state changes nothing', () => {
  const { server, table } = sits();
  server.tells(3);
  server.goesLive('one');
  expect(server.sent).toEqual([]);

  server.goesLive('two');
  server.publishes(4, JOINED);
  server.tells(3);

  expect(server.sent).toEqual(['/app/game/K7QX2M/enter {}']);
  expect(table.state.players).toHaveLength(1);
});

test('what is missing comes with the whole state, and what came meanwhile is folded after it', () => {
  const { server, table } = sits();
  server.tells(3);
  server.of('game.K7QX2M').onGap?.({ after: 'e:3', position: 'f:1' });
  server.publishes(8, JOINED, 'f');
  server.publishes(9, { type: 'joined', player: 'eve', name: 'Eve' }, 'f');
  expect(table.state.players).toEqual([]);

  server.tells(8, 'f');

  expect(table.state.players.map(({ name }) => name)).toEqual(['Eve']);
});

test('who is cut off before the log is live enters again', () => {
  const { server } = sits();
  server.tells(3);

  server.goesLive('two');

  expect(server.sent).toEqual(['/app/game/K7QX2M/enter {}']);
});

test('a gap has the whole state asked for once, on a new connection too', () => {
  const { server } = sits();
  server.tells(3);
  server.client.session = 'two';
  server.of('game.K7QX2M').onGap?.({ after: 'e:3', position: 'f:1' });
  server.goesLive('two');
  expect(server.sent).toEqual(['/app/game/K7QX2M/enter {}']);

  server.goesLive('three');
  expect(server.sent).toHaveLength(2);
});

test('who may not enter for a time asks again until it is let in', async () => {
  vi.useFakeTimers();
  const { server, table, listener } = sits();
  server.refusal = new FanfareError('too-many-publications', 'Slow down.', 2);
  await table.enter('K7QX2M');
  await vi.advanceTimersByTimeAsync(1999);
  expect(server.sent).toHaveLength(1);

  server.refusal = undefined;
  await vi.advanceTimersByTimeAsync(600);
  expect(server.sent).toEqual(['/app/game/K7QX2M/enter {}', '/app/game/K7QX2M/enter {}']);
  expect(listener.failed).toHaveBeenCalledOnce();
});

test('a state that is missing is asked for until it is there, whatever the server says', async () => {
  vi.useFakeTimers();
  const { server } = sits();
  server.tells(3);
  server.refusal = new FanfareError('overloaded', 'Too much.');
  server.of('game.K7QX2M').onGap?.({ after: 'e:3', position: 'e:7' });
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.sent.length).toBeGreaterThan(2);

  server.tells(8);
  const asked = server.sent.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.sent).toHaveLength(asked);
});

test('the reason of a refusal is a word, and any other failure is told in words', async () => {
  const { server, table, listener } = sits();
  server.refusal = new FanfareError('rejected', 'Too late.');
  server.says({ type: 'refused', reason: 'too-late', message: 'Too late.' });
  expect(await table.move('buzz', { round: 1 })).toBe(false);
  expect(listener.refused).toHaveBeenCalledExactlyOnceWith('too-late', 'Too late.');
  expect(listener.failed).not.toHaveBeenCalled();

  server.refusal = new FanfareError('too-many-publications', 'Slow down.');
  expect(await table.move('buzz', { round: 1 })).toBe(false);
  expect(listener.failed).toHaveBeenCalledExactlyOnceWith('Slow down.');
});

test('positions of one life are in order, and another life is always later', () => {
  expect([isLater('e:10', 'e:9'), isLater('e:9', 'e:9'), isLater('f:1', 'e:9'), isLater('e:1', '')]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
