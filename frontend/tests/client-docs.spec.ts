import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test as base } from './visitor.ts';

const run = promisify(execFile);
const frontend = fileURLToPath(new URL('../', import.meta.url));
const docs = readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8');

/** What stands between the marks of an example: its code, and what it prints. */
function example(name: string): { code: string; prints: string } {
  const [, text] = new RegExp(`<!-- example: ${name} -->\n(.*?)<!-- /example -->`, 's').exec(docs) ?? [];
  const blocks = [...(text ?? '').matchAll(/```\w+\n(.*?)```/gs)].map(([, block]) => block ?? '');
  if (blocks.length === 0) {
    throw new Error(`docs/client.md has no example '${name}'`);
  }
  return { code: blocks[0] ?? '', prints: blocks[1] ?? '' };
}

/** A project that has the package installed as npm would have it. */
const test = base.extend<object, { project: string }>({
  project: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'fanfare-client-'));
      const modules = join(folder, 'node_modules');
      mkdirSync(join(modules, '@fanfare', 'client'), { recursive: true });
      const packed = await run('npm', ['pack', '--pack-destination', folder, '--json'], {
        cwd: join(frontend, 'src/client'),
      });
      const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as [{ filename: string }];
      await run(
        'tar',
        [
          '-xzf',
          filename.replace('@fanfare/', 'fanfare-'),
          '-C',
          join(modules, '@fanfare', 'client'),
          '--strip-components=1',
        ],
        { cwd: folder },
      );
      for (const name of ['@stomp', 'ws', '@types']) {
        symlinkSync(join(frontend, 'node_modules', name), join(modules, name));
      }
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});

test.use({ settings: ['--fanfare.access.allowed-origins=*'] });

/** With Node's own WebSocket, which Node 20 has behind a flag. */
async function runInNode(project: string, code: string, env: Record<string, string> = {}): Promise<string> {
  writeFileSync(join(project, 'example.mjs'), code);
  const { stdout } = await run(process.execPath, ['--experimental-websocket', '--no-warnings', 'example.mjs'], {
    cwd: project,
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    timeout: 20_000,
  });
  return stdout;
}

for (const name of ['first', 'resume', 'twice', 'states', 'token']) {
  test(`the example '${name}' prints what the page says`, async ({ project, server }) => {
    const { code, prints } = example(name);

    const printed = await runInNode(project, code.replaceAll('localhost:8080', server.host), { KEY: server.key });

    expect(printed).toBe(prints);
  });
}

test('the example for a page shows what is published', async ({ page, server }) => {
  const html = example('page').code.replaceAll('localhost:8080', server.host);
  const website = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  website.listen(0);
  await once(website, 'listening');

  await page.goto(`http://localhost:${(website.address() as AddressInfo).port}`);
  await expect(async () => {
    const answer = await server.post('/api/topics/scores/publications', 'Hello from anywhere');
    expect(await answer.json()).toMatchObject({ subscribers: 1 });
  }).toPass({ intervals: [50] });

  await expect(page.locator('pre')).toContainText('Hello from anywhere');
  website.close();
});

test('its types are found, and say what can be given', async ({ project }) => {
  const check = `
    import { connect, FanfareError, type Stored } from '@fanfare/client';
    const client = connect('ws://localhost/ws', { oneSocketForAllTabs: true, token: async (reason) => reason });
    const stored: Promise<Stored> = client.publish('scores', { home: 1 });
    client.subscribe('scores', { onPublication: (p) => p.json<{ home: number }>().home.toFixed(), replay: 'all' });
    client.on('state', (state) => state === 'offline');
    // @ts-expect-error: not a state
    client.state === 'broken';
    // @ts-expect-error: not an option
    client.subscribe('scores', { onMessage: () => {} });
    export const error = (e: unknown) => (e instanceof FanfareError ? e.retryAfter : stored);
  `;
  writeFileSync(join(project, 'check.ts'), check);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom'];

  const { stdout } = await run(join(frontend, 'node_modules/.bin/tsc'), [...options, 'check.ts'], { cwd: project });

  expect(stdout).toBe('');
});
