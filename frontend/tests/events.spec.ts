import { OPEN } from './server.ts';
import { expect, test } from './visitor.ts';

/** What the page heard: the type, the id and the data of each event. */
type Heard = [type: string, id: string, data: string][];

declare global {
  interface Window {
    heard: Heard;
    opened: number;
  }
}

test('a browser hears what is published, and misses nothing while the server restarts', async ({ page, launch }) => {
  const server = await launch(...OPEN, '--fanfare.sse.retry=100ms');
  const publish = async (body: string | Uint8Array<ArrayBuffer>, type?: string): Promise<string> =>
    ((await (await server.post('/api/topics/scores/publications', body, type)).json()) as { position: string })
      .position;
  await page.goto(server.url);
  await page.evaluate(() => {
    window.heard = [];
    window.opened = 0;
    const events = new EventSource('/api/topics/scores/events');
    events.onopen = () => window.opened++;
    for (const type of ['message', 'base64', 'lost']) {
      events.addEventListener(type, ({ data, lastEventId }) => window.heard.push([type, lastEventId, String(data)]));
    }
  });
  await expect.poll(() => page.evaluate(() => window.opened)).toBe(1);

  const first = await publish('two\nlines, 🎺\n');
  const second = await publish(new Uint8Array([0, 255]), 'image/png');
  await expect.poll(() => page.evaluate(() => window.heard.length)).toBe(2);
  await server.stop();
  await server.start();
  const third = await publish('after');

  await expect
    .poll(() => page.evaluate(() => window.heard))
    .toEqual([
      ['message', first, 'two\nlines, 🎺\n'],
      ['base64', second, 'AP8='],
      ['message', third, 'after'],
    ]);
  const known = new Set([first, second, third]);
  expect(known.size).toBe(3);
});
