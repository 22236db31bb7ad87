import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type InlineConfig, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const kept = (JSON.parse(readFileSync(here('package.json'), 'utf8')) as { size: Record<string, number> }).size;

/** What a bundler makes of a module that uses the package, by file. */
async function bundle(code: string): Promise<Map<string, string>> {
  const entry = 'virtual:entry';
  const config: InlineConfig = {
    configFile: false,
    logLevel: 'silent',
    root: here('.'),
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : undefined),
        load: (id) => (id === `\0${entry}` ? code : undefined),
      },
    ],
    build: { write: false, modulePreload: false, rolldownOptions: { input: { client: entry } } },
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/worker.js' } } },
  };
  const { output } = (await build(config)) as Rolldown.RolldownOutput;
  return new Map(
    output.map((file) => [file.name ?? file.fileName, file.type === 'chunk' ? file.code : `${file.source}`]),
  );
}

const using = (what: string) =>
  bundle(`import { ${what} } from ${JSON.stringify(here('index.ts'))}; window.x = ${what};`);

test('the client is as small as its package says, with all it needs', async () => {
  const files = await using('connect');
  const size = (name: string) => gzipSync(files.get(name) ?? '', { level: 9 }).length;

  expect([...files.keys()].length).toBe(2);
  expect(size('client')).toBeLessThanOrEqual(kept['gzip'] ?? 0);
  expect(size('client')).toBeGreaterThan(0.95 * (kept['gzip'] ?? 0));
  expect(size('assets/worker.js')).toBeLessThanOrEqual(kept['worker'] ?? 0);
  expect(size('assets/worker.js')).toBeGreaterThan(0.95 * (kept['worker'] ?? 0));
});

test('what is not used is left out', async () => {
  const files = await using('FanfareError');

  expect([...files.keys()]).toEqual(['client']);
  expect(files.get('client')?.length).toBeLessThan(500);
});
