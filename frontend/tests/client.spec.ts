import { WebSocket } from 'ws';
import { connect, FanfareError, type Client, type ConnectOptions } from '../src/client/index.ts';
import type { Server } from './server.ts';
import { expect, test as base } from './visitor.ts';

interface Fixtures {
  /** Connects from Node; closed when the test ends. */
  connectTo: (server: Server, options?: ConnectOptions) => Client;
  topic: string;
}

const test = base.extend<Fixtures>({
  topic: async ({}, use, { testId }) => {
    await use(`client-${testId}`);
  },
  connectTo: async ({}, use) => {
    const clients: Client[] = [];
    await use((server, options = {}) => {
      const client = connect(`ws://${server.host}/ws`, { webSocket: WebSocket, ...options });
      clients.push(client);
      return client;
    });
    await Promise.all(clients.map((client) => client.close()));
  },
});

test('what is published is stored, and comes to who is subscribed', async ({ server, connectTo, topic }) => {
  const client = connectTo(server);
  const heard: unknown[] = [];
  const subscription = client.subscribe(topic, {
    onPublication: (publication) => heard.push([publication.topic, publication.position, publication.json()]),
  });
  await subscription.live;

  const { position, duplicate } = await client.publish(topic, { home: 1 });

  await expect.poll(() => heard).toEqual([[topic, position, { home: 1 }]]);
  expect(duplicate).toBe(false);
  expect(subscription.position).toBe(position);
  expect(client.state).toBe('connected');
});

test('a connection that is lost comes back, and what was missed with it', async ({ server, connectTo, topic }) => {
  const client = connectTo(server, { firstWait: 10 });
  const heard: string[] = [];
  let lives = 0;
  await client.subscribe(topic, { onPublication: (p) => heard.push(p.text()), onLive: () => lives++ }).live;

  client.interrupt();
  await server.post(`/api/topics/${topic}/publications`, 'one');
  const stored = client.publish(topic, 'two', { idempotencyKey: 'second' });

  await expect.poll(() => heard).toEqual(['one', 'two']);
  expect(lives).toBe(2);
  expect(await client.publish(topic, 'two', { idempotencyKey: 'second' })).toMatchObject({
    position: (await stored).position,
    duplicate: true,
  });
});

test('a refusal says why, and the connection stays', async ({ server, connectTo, topic }) => {
  const client = connectTo(server);
  const session = new Promise((resolve) =>
    client.on('state', (_, detail) => detail.session && resolve(detail.session)),
  );
  await session;

  await expect(client.send('/app/nowhere')).rejects.toMatchObject({
    name: 'FanfareError',
    type: 'unknown-destination',
  });
  await expect(client.subscribe('not a name').live).rejects.toBeInstanceOf(FanfareError);

  await expect(client.publish(topic, 'still here')).resolves.toMatchObject({ duplicate: false });
  expect(client.session).toBe(await session);
});
