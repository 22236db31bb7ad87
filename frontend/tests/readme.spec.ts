import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Server } from './server.ts';
import { expect, test } from './visitor.ts';

const root = new URL('../../', import.meta.url);
const picture = 'docs/images/page.png';

/** The code a reader would copy, with nothing changed but where the server is. */
function example(name: string, server: Server, document = 'README.md'): string {
  const text = readFileSync(new URL(document, root), 'utf8');
  const code = new RegExp(`<!-- example: ${name} -->\\s*\`\`\`\\w+\\n(.*?)\`\`\`\\s*<!-- /example -->`, 's').exec(text);
  if (!code?.[1]) {
    throw new Error(`${document} has no example '${name}'`);
  }
  return code[1].replaceAll('localhost:8080', server.host);
}

test('the five lines that publish and the ten that subscribe meet, and the guide has a page too', async ({
  page,
  context,
  launch,
}) => {
  const website = createServer(({ url }, response) =>
    response.setHeader('Content-Type', 'text/html').end(url === '/guide' ? guide : subscribe),
  );
  website.listen(0);
  await once(website, 'listening');
  const origin = `http://localhost:${(website.address() as AddressInfo).port}`;
  const server = await launch(`--fanfare.access.allowed-origins=${origin}`);
  const subscribe = example('subscribe', server);
  const publish = example('publish', server);
  const guide = example('page', server, 'docs/subscribe.md');
  expect(subscribe.trimEnd().split('\n')).toHaveLength(10);
  expect(publish.trimEnd().split('\n')).toHaveLength(5);

  await page.goto(origin);
  await expect(async () => {
    const { stdout } = await promisify(execFile)('sh', ['-euc', publish], { env: { ...process.env, KEY: server.key } });
    expect(JSON.parse(stdout)).toMatchObject({ topic: 'scores', subscribers: 1 });
  }).toPass({ intervals: [50] });

  await expect(page.locator('pre')).toContainText('Hello from curl');

  const another = await context.newPage();
  await another.goto(`${origin}/guide`);
  await expect(another.locator('pre')).toHaveText('live true\n');
  const answer = await fetch(`${server.url}/api/topics/public.news/publications`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.key}`, 'Content-Type': 'text/plain' },
    body: 'Hello from the guide',
  });
  const { position } = (await answer.json()) as { position: string };
  await expect(another.locator('pre')).toHaveText(`live true\nmessage ${position} Hello from the guide\n`);
  website.close();
});

test('the picture of the README', async ({ visitor, anotherVisitor, server }) => {
  await visitor.page.setViewportSize({ width: 1200, height: 900 });
  await visitor.connects();
  await anotherVisitor.connects();
  await visitor.subscribes('scores');
  await visitor.isSubscribed('/topic/scores');
  await visitor.types('Dinner is ready');
  await visitor.presses('send');
  await expect(visitor.received('Hello, client!')).toHaveCount(1);
  await visitor.presses('broadcast');
  await expect(visitor.received('Dinner is ready')).toHaveCount(1);
  await anotherVisitor.presses('broadcast');
  await expect(visitor.received('Hello, clients!')).toHaveCount(1);
  await server.post('/api/topics/scores/publications', '{"home":3,"away":2}', 'application/json');
  await expect(visitor.received('"home":3')).toHaveCount(1);

  const paths = ['target/page.png', ...(process.env['UPDATE_DOCS'] === '1' ? [picture] : [])];
  for (const path of paths) {
    await visitor.page.screenshot({ path: fileURLToPath(new URL(path, root)), animations: 'disabled', fullPage: true });
  }
});
