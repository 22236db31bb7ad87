import { once } from 'node:events';
import { createServer, type Server as Website } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { OPEN, type Server } from './server.ts';
import { expect, test } from './visitor.ts';

const ALERT = 'document.title = "It ran"';

/** What came of each way in that a page may try. */
type Outcome = Record<'publish' | 'read' | 'listen' | 'connect', string>;

/** An empty page of another origin, whose script the tests are. */
async function website(): Promise<[Website, string]> {
  const site = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  site.listen(0);
  await once(site, 'listening');
  return [site, `http://localhost:${(site.address() as AddressInfo).port}`];
}

async function tries(page: Page, server: Server): Promise<Outcome> {
  return page.evaluate(async (host) => {
    const url = `http://${host}/api/topics/tried`;
    const outcome = (promise: Promise<string>) => promise.catch(() => 'refused');
    const heard = (target: EventTarget, what: string, ended: () => void) =>
      new Promise<string>((resolve) => {
        target.addEventListener('open', () => resolve(what));
        target.addEventListener('error', () => resolve('refused'));
      }).finally(ended);
    const events = new EventSource(`${url}/events`, { withCredentials: true });
    const listen = heard(events, 'heard', () => events.close());
    const socket = new WebSocket(`ws://${host}/ws`);
    const connect = heard(socket, 'connected', () => socket.close());
    return {
      publish: await outcome(
        fetch(`${url}/publications`, { method: 'POST', body: 'hi', credentials: 'include' }).then(
          (answer) => `${answer.status} ${answer.headers.get('Location')?.replace(/[0-9a-f]{8}:/, 'EPOCH:')}`,
        ),
      ),
      read: await outcome(fetch(url).then((answer) => String(answer.status))),
      listen: await listen,
      connect: await connect,
    };
  }, server.host);
}

async function positions(server: Server): Promise<unknown[]> {
  const states = await Promise.all(['tried', 'broadcast'].map((topic) => fetch(`${server.url}/api/topics/${topic}`)));
  return Promise.all(states.map(async (state) => ((await state.json()) as { position: string }).position));
}

test('a page of a foreign origin can neither read nor change anything', async ({ page, server }) => {
  const [site, origin] = await website();
  const before = await positions(server);
  for (const foreign of [origin, origin.replace('localhost', '127.0.0.1')]) {
    await page.goto(foreign);

    expect(await tries(page, server)).toEqual({
      publish: 'refused',
      read: 'refused',
      listen: 'refused',
      connect: 'refused',
    });
    await page.evaluate(
      (url) => fetch(url, { method: 'POST', mode: 'no-cors', body: 'hi' }).catch(() => undefined),
      `${server.url}/api/topics/tried/publications`,
    );
    await page.setContent(`<form method="post" enctype="text/plain" action="${server.url}/broadcast"><button></form>`);
    await page.getByRole('button').click();
    await expect(page.locator('body')).toContainText('origin-not-allowed');
  }
  expect(await positions(server)).toEqual(before);
  site.close();
});

test('a page of an allowed origin can do all of it', async ({ page, launch }) => {
  const [site, origin] = await website();
  const server = await launch(...OPEN, `--fanfare.access.allowed-origins=${origin}`);
  await page.goto(origin);

  expect(await tries(page, server)).toEqual({
    publish: '201 /api/topics/tried/publications/EPOCH:1',
    read: '200',
    listen: 'heard',
    connect: 'connected',
  });
  site.close();
});

for (const [type, body] of [
  ['text/html', `<!doctype html><title>Mine</title><script>${ALERT}</script><img src="x" onerror='${ALERT}'>`],
  ['image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" onload='${ALERT}'><script>${ALERT}</script></svg>`],
  ['text/plain', `<script>${ALERT}</script>`],
] as const) {
  test(`a script that was published as ${type} does not run`, async ({ page, visitor, server }) => {
    await visitor.connects();
    await visitor.subscribes('scripts');
    await visitor.isSubscribed('/topic/scripts');
    const answer = await server.post('/api/topics/scripts/publications', body, type);
    await expect(visitor.received('It ran')).toHaveCount(1);
    await expect(page).toHaveTitle('Fanfare');

    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(server.url + answer.headers.get('Location'));

    expect(await page.title()).not.toBe('It ran');
    if (type !== 'text/plain') {
      await expect.poll(() => complaints.join()).toContain('sandboxed');
    }
  });
}
