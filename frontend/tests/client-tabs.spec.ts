import type { BrowserContext, Page } from '@playwright/test';
import type * as Fanfare from '../src/client/index.ts';
import type { Server } from './server.ts';
import { expect, test as base } from './visitor.ts';
import { Wire } from './wire.ts';

interface Tab {
  client: Fanfare.Client;
  heard: string[];
  states: string[];
  lives: number;
  gaps: number;
}

declare global {
  interface Window {
    tab: Tab;
  }
}

type Sharing = 'worker' | 'leader' | 'none';

interface Fixtures {
  wire: Wire;
  topic: string;
  /** Opens a page of the server's origin that connects, and is subscribed. */
  openTab: (sharing: Sharing) => Promise<Page>;
}

const test = base.extend<Fixtures>({
  topic: async ({}, use, { testId }) => {
    await use(`tabs-${testId}`);
  },
  wire: async ({ server }, use) => {
    const wire = await Wire.to(server.host);
    await use(wire);
    await wire.remove();
  },
  openTab: async ({ context, wire, topic }, use) => {
    await use((sharing) => openTab(context, wire.emptyPage, sharing, topic));
  },
});

async function openTab(context: BrowserContext, url: string, sharing: Sharing, topic: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(
    async ({ sharing, topic }) => {
      const { connect } = (await import('/assets/client.js' as string)) as typeof Fanfare;
      const client = connect('/ws', {
        oneSocketForAllTabs: sharing !== 'none',
        firstWait: 20,
        longestWait: 200,
        ...(sharing === 'leader' && { worker: false }),
        onState: (state) => tab.states.push(state),
      });
      const tab: Tab = { client, heard: [], states: [], lives: 0, gaps: 0 };
      window.tab = tab;
      await client.subscribe(topic, {
        onPublication: (publication) => tab.heard.push(publication.text()),
        onGap: () => tab.gaps++,
        onLive: () => tab.lives++,
      }).live;
    },
    { sharing, topic },
  );
  return page;
}

const heard = (page: Page) => page.evaluate(() => window.tab.heard);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

/** Publishes 1, 2, 3 … one after the other, over HTTP and so past what the test does to clients. */
function publishing(server: Server, topic: string): { stop: () => Promise<string[]> } {
  let count = 0;
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      const answer = await server.post(`/api/topics/${topic}/publications`, `${count + 1}`);
      expect(answer.status).toBe(201);
      count++;
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await done;
      return numbers(count);
    },
  };
}

for (const sharing of ['worker', 'leader'] as const) {
  test(`ten tabs use one socket (${sharing}), and closing the first loses nothing`, async ({
    openTab,
    server,
    topic,
    wire,
  }) => {
    const tabs: Page[] = [];
    for (let count = 0; count < 10; count++) {
      tabs.push(await openTab(sharing));
    }
    expect([wire.opened, wire.open]).toEqual([1, 1]);
    const [first, second, ...others] = tabs as [Page, Page, ...Page[]];

    const publisher = publishing(server, topic);
    await expect.poll(async () => (await heard(first)).length).toBeGreaterThan(20);
    const sent = second.evaluate(async (topic) => {
      for (let number = 1; number <= 50; number++) {
        await window.tab.client.publish(topic, `${number}`);
      }
    }, `${topic}-of-second`);
    await first.close();
    await sent;
    const before = (await heard(second)).length;
    await expect.poll(async () => (await heard(second)).length).toBeGreaterThan(before + 20);
    const all = await publisher.stop();

    for (const page of [second, ...others]) {
      await expect.poll(() => heard(page)).toEqual(all);
      expect(await page.evaluate(() => window.tab.gaps)).toBe(0);
    }
    const stored = await server.post(`/api/topics/${topic}-of-second/publications`, 'end');
    expect(((await stored.json()) as { position: string }).position).toMatch(/:51$/);
    expect(wire.open).toBe(1);
    expect(wire.opened).toBe(sharing === 'worker' ? 1 : 2);
  });
}

test('a network that is cut, or hangs, loses nothing in either direction', async ({ openTab, server, topic, wire }) => {
  const page = await openTab('worker');
  for (const breaks of ['cut', 'hang'] as const) {
    const before = await page.evaluate(() => ({ lives: window.tab.lives, heard: window.tab.heard.length }));
    wire[breaks]();
    await server.post(`/api/topics/${topic}/publications`, `missed by ${breaks}`);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => page.evaluate(() => window.tab.client.state)).toBe('recovering');
    const stored = page.evaluate(async ({ topic, breaks }) => window.tab.client.publish(topic, `queued in ${breaks}`), {
      topic,
      breaks,
    });
    wire.mend();

    expect(await stored).toMatchObject({ duplicate: false });
    await expect
      .poll(async () => (await heard(page)).slice(before.heard))
      .toEqual([`missed by ${breaks}`, `queued in ${breaks}`]);
    expect(await page.evaluate(() => window.tab.lives)).toBe(before.lives + 1);
  }
  expect(await page.evaluate(() => window.tab.gaps)).toBe(0);
});

test('a server that is killed and comes back has all that it had accepted', async ({ openTab, server, topic }) => {
  const page = await openTab('worker');
  const alone = await openTab('none');
  const sent = page.evaluate(async (topic) => {
    for (let number = 1; number <= 300; number++) {
      await window.tab.client.publish(topic, `${number}`);
    }
  }, topic);
  await expect.poll(async () => (await heard(alone)).length).toBeGreaterThan(20);

  await server.kill();
  await expect.poll(() => alone.evaluate(() => window.tab.client.state)).toBe('recovering');
  await server.start();
  await sent;

  for (const each of [page, alone]) {
    await expect.poll(() => heard(each)).toEqual(numbers(300));
    expect(await each.evaluate(() => [window.tab.gaps, window.tab.lives])).toEqual([0, 2]);
  }
});

test('a browser without a network says so, and comes back with it', async ({ openTab, topic, server, wire }) => {
  const page = await openTab('none');
  await page.context().setOffline(true);
  wire.cut();
  await expect.poll(() => page.evaluate(() => window.tab.client.state)).toBe('offline');
  await server.post(`/api/topics/${topic}/publications`, 'missed');

  wire.mend();
  await page.context().setOffline(false);

  await expect.poll(() => heard(page)).toEqual(['missed']);
  expect(await page.evaluate(() => window.tab.states)).toEqual(expect.arrayContaining(['offline', 'connected']));
});
