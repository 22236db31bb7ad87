import { readFileSync } from 'node:fs';
import { Client, Versions } from '@stomp/stompjs';
import type { JSHandle, Page } from '@playwright/test';
import { transformWithOxc } from 'vite';
import { WebSocket } from 'ws';
import type { Server } from './server.ts';
import { Talker } from './talker.ts';
import { expect, test as base } from './visitor.ts';

type Connect = (heartbeat?: number) => Promise<Pick<Talker, keyof Talker>>;

interface Fixtures {
  place: 'Node' | 'Chromium';
  connect: Connect;
  topic: string;
}

const ALL_BYTES = Array.from({ length: 256 }, (_, value) => value);

const test = base.extend<Fixtures>({
  place: ['Node', { option: true }],
  topic: async ({}, use, { testId }) => {
    await use(`/topic/stompjs-${testId}`);
  },
  connect: async ({ place, page, server }, use) => {
    const talkers: Pick<Talker, keyof Talker>[] = [];
    const connectThere = place === 'Node' ? inNode(server) : await inPage(page, server);
    await use(async (heartbeat = 0) => {
      const talker = await connectThere(heartbeat);
      talkers.push(talker);
      return talker;
    });
    await Promise.all(talkers.map((talker) => talker.leave()));
  },
});

function inNode(server: Server): Connect {
  return (heartbeat = 0) =>
    Talker.connect(
      new Client({
        webSocketFactory: () => new WebSocket(`ws://${server.host}/ws`, Versions.default.protocolVersions()),
        heartbeatIncoming: heartbeat,
        heartbeatOutgoing: heartbeat,
      }),
    );
}

/** Has the page use the stompjs that the server serves. */
async function inPage(page: Page, server: Server): Promise<Connect> {
  const source = new URL('talker.ts', import.meta.url);
  const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source.pathname);
  await page.route('**/talker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await page.goto(server.url);
  return async (heartbeat = 0) =>
    remote(
      await page.evaluateHandle(async (heartbeat) => {
        const [stompjs, talker] = await Promise.all(['/assets/stomp.js', '/talker.js'].map((file) => import(file)));
        const client = new stompjs.Client({
          brokerURL: `ws://${location.host}/ws`,
          heartbeatIncoming: heartbeat,
          heartbeatOutgoing: heartbeat,
        });
        return talker.Talker.connect(client) as Promise<Talker>;
      }, heartbeat),
    );
}

/** The talker of a page as if it were here. */
function remote(talker: JSHandle<Talker>): Talker {
  const call = (method: string, args: unknown[]) =>
    talker.evaluate((there, [method, args]) => Reflect.apply(Reflect.get(there, method), there, args), [
      method,
      args,
    ] as const);
  return new Proxy({} as Talker, {
    // A promise that is resolved with it asks whether it is one itself.
    get: (_, name) => (name === 'then' ? undefined : (...args: unknown[]) => call(String(name), args)),
  });
}

test.use({ settings: ['--fanfare.stomp.heartbeat=500ms'] });

for (const place of ['Node', 'Chromium'] as const) {
  test.describe(`stompjs in ${place}`, () => {
    test.use({ place });

    test('hears what it publishes and gets a receipt of each', async ({ connect, topic }) => {
      const talker = await connect();
      await talker.subscribe('1', topic);

      const { position } = await talker.publish(topic, '你好 ✓', { colour: 'a:b\nc' });

      await expect.poll(() => talker.heard('1')).toHaveLength(1);
      expect((await talker.heard('1'))[0]).toMatchObject({
        text: '你好 ✓',
        headers: { colour: 'a:b\nc', 'message-id': position, destination: topic },
      });
    });

    test('speaks with an ACK for all that came before', async ({ connect, topic }) => {
      const talker = await connect();
      const heard = async (id: string) => (await talker.heard(id)).map(({ text }) => text);
      await talker.subscribe('1', topic, { ack: 'client', 'prefetch-count': '2' });
      await talker.subscribe('all', topic);
      for (const text of ['1', '2', '3', '4']) {
        await talker.publish(topic, text);
      }
      await expect.poll(() => heard('all')).toEqual(['1', '2', '3', '4']);
      expect(await heard('1')).toEqual(['1', '2']);

      await talker.ack('1', 1);

      await expect.poll(() => heard('1')).toEqual(['1', '2', '3', '4']);
    });

    test('speaks with an ACK for one alone, and hears again what it refuses', async ({ connect, topic }) => {
      const talker = await connect();
      const heard = async (id: string) =>
        (await talker.heard(id)).map(({ text, headers }) => `${text} ${headers['redelivered'] ?? 0}`);
      await talker.subscribe('1', topic, { ack: 'client-individual', 'prefetch-count': '2' });
      await talker.subscribe('all', topic);
      for (const text of ['1', '2', '3', '4']) {
        await talker.publish(topic, text);
      }
      await expect.poll(() => heard('all')).toEqual(['1 0', '2 0', '3 0', '4 0']);
      expect(await heard('1')).toEqual(['1 0', '2 0']);

      await talker.ack('1', 1);
      await expect.poll(() => heard('1')).toEqual(['1 0', '2 0', '3 0']);
      await talker.nack('1', 0);
      await expect.poll(() => heard('1')).toEqual(['1 0', '2 0', '3 0', '1 1']);
      await talker.ack('1', 3);

      await expect.poll(() => heard('1')).toEqual(['1 0', '2 0', '3 0', '1 1', '4 0']);
    });

    test('shows a transaction when it is committed and not when it is aborted', async ({ connect, topic }) => {
      const talker = await connect();
      await talker.subscribe('1', topic, { ack: 'client-individual', 'prefetch-count': '3' });

      for (const transaction of ['lost', 'kept']) {
        await talker.begin(transaction);
        await talker.publish(topic, `${transaction} 1`, { transaction });
        await talker.publish(topic, `${transaction} 2`, { transaction });
      }
      await talker.publish(topic, 'between');
      await expect.poll(() => talker.heard('1')).toHaveLength(1);
      await talker.ack('1', 0, { transaction: 'kept' });
      await talker.abort('lost');
      await talker.commit('kept');
      await talker.publish(topic, 'after');

      // The ACK was part of it: without that there would be room for three.
      await expect
        .poll(async () => (await talker.heard('1')).map(({ text }) => text))
        .toEqual(['between', 'kept 1', 'kept 2', 'after']);
    });

    test('stays connected by the heart-beats of both sides', async ({ connect, topic }) => {
      const talker = await connect(500);
      await talker.subscribe('1', topic);

      // By then a silent client would have been closed: it may be silent for two.
      await expect.poll(() => talker.beats()).toBeGreaterThanOrEqual(8);
      await talker.publish(topic, 'still here');

      await expect.poll(async () => (await talker.heard('1')).map(({ text }) => text)).toEqual(['still here']);
    });

    test('gets every byte as it was sent', async ({ connect, topic }) => {
      const talker = await connect();
      await talker.subscribe('1', topic);

      await talker.publish(topic, ALL_BYTES);

      await expect.poll(async () => (await talker.heard('1')).map(({ bytes }) => bytes)).toEqual([ALL_BYTES]);
    });
  });
}
