import { expect, test, vi } from 'vitest';
import { FanfareError, type Client, type Publication, type SubscribeOptions } from '../client/index.ts';
import { NO_GAME, type GameEvent } from './state.ts';
import { isLater, Table } from './table.ts';

/** Plays the server: what was sent is kept, and what it says is said by the test. */
class Server {
  readonly sent: string[] = [];
  refusal: FanfareError | undefined;
  private readonly subscriptions = new Map<string, SubscribeOptions>();

  readonly client = {
    subscribe: (destination: string, options: SubscribeOptions) => {
      this.subscriptions.set(destination, options);
      return { destination: destination.startsWith('/') ? destination : `/topic/${destination}`, unsubscribe() {} };
    },
    send: (destination: string, body: unknown) => {
      this.sent.push(`${destination} ${JSON.stringify(body)}`);
      return this.refusal ? Promise.reject(this.refusal) : Promise.resolve({ headers: {} });
    },
  } as unknown as Client;

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
  const { onLive } = server.of('game.K7QX2M');
  onLive?.({ recovered: true, position: 'e:3', replayed: 0 });
  expect(server.sent).toEqual([]);

  onLive?.({ recovered: true, position: 'e:3', replayed: 0 });
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
