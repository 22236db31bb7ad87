import { createHmac } from 'node:crypto';
import { WebSocket } from 'ws';
import { connect, FanfareError, type Client, type ConnectOptions } from '../src/client/index.ts';
import type { Server } from './server.ts';
import { expect, test as base } from './visitor.ts';
import { Wire } from './wire.ts';

interface Fixtures {
  /** Connects from Node; closed when the test ends. */
  connectTo: (server: Pick<Server, 'host'>, options?: ConnectOptions) => Client;
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

const SECRET = 'a secret of thirty-two bytes and more';

/** A token of the server's issuer, for some seconds. */
function tokenFor(user: string, seconds: number, grants: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const signed = `${encode({ alg: 'HS256' })}.${encode({ sub: user, iat: now, exp: now + seconds, fanfare: grants })}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

test('a token is renewed on the connection, replaced when it is revoked, and asked for no more when none helps', async ({
  launch,
  connectTo,
}) => {
  const server = await launch(`--fanfare.access.token.secret=${SECRET}`, '--fanfare.stomp.expiry-notice=58s');
  const revoke = () =>
    fetch(`${server.url}/api/revocations`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tokenFor('root', 600, { operate: true })}`,
        'Content-Type': 'application/json',
      },
      body: '{"user": "ada"}',
    });
  const reasons: string[] = [];
  const sessions = new Set<string>();
  let seconds = 60; // So it is to be renewed two seconds from now.
  const client = connectTo(server, {
    firstWait: 10,
    token: (reason) => {
      reasons.push(reason);
      return tokenFor('ada', seconds, { subscribe: ['inbox.{user}'] });
    },
    onState: (_, { session }) => session && sessions.add(session),
  });
  await client.subscribe('inbox.ada').live;
  seconds = 3600;
  await expect.poll(() => reasons).toEqual(['connect', 'expiring']);
  expect([client.state, sessions.size]).toEqual(['connected', 1]);

  // Revoked is what was issued up to that second, or clock-skew later: none of these tokens helps.
  expect((await revoke()).status).toBe(201);

  await expect.poll(() => client.state).toBe('closed');
  expect(reasons).toEqual(['connect', 'expiring', 'refused', 'refused']);
  await expect(client.publish('inbox.ada', 'x')).rejects.toMatchObject({ type: 'closed' });
});

test('who may not read histories goes on, and is told that something was missed', async ({ launch, connectTo }) => {
  const rule = ['subscribe=everyone', 'publish=everyone', 'history=nobody'];
  const server = await launch(
    '--fanfare.topics[0].pattern=**',
    ...rule.map((each) => `--fanfare.topics[0].access.${each}`),
  );
  const heard: string[] = [];
  const wire = await Wire.to(server.host);
  const subscription = connectTo(wire, { firstWait: 10, longestWait: 100 }).subscribe('scores', {
    onPublication: (publication) => heard.push(publication.text()),
    onGap: ({ after }) => heard.push(`gap after ${after}`),
    onLive: () => heard.push('live'),
  });
  await subscription.live;
  const writer = connectTo(server);
  const { position } = await writer.publish('scores', 'one');
  await expect.poll(() => heard).toEqual(['live', 'one']);

  wire.cut();
  await writer.publish('scores', 'missed');
  wire.mend();
  await expect.poll(() => heard.length).toBeGreaterThan(2);
  await writer.publish('scores', 'three');

  await expect.poll(() => heard).toEqual(['live', 'one', `gap after ${position}`, 'live', 'three']);
  await wire.remove();
});
