import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { english, englishTexts } from './testing.ts';
import { closeText, textsFrom } from './texts.ts';

const sources = new URL('../', import.meta.url);
const FOLDERS = readdirSync(sources, { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? [each.name] : [],
);

/** The keys that a folder's scripts ask for; one that is made of parts ends with `*` in place of the first of them. */
function keysAskedFor(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, sources))
    .filter((file) => file.endsWith('.ts') && !/test(ing)?\.ts$/.test(file))
    .flatMap((file) => {
      const script = readFileSync(new URL(`${folder}/${file}`, sources), 'utf8');
      return Array.from(script.matchAll(/\btexts\(\s*(['`])([^'`]+)\1/g), ([, , key = '']) =>
        key.replace(/\$\{.*/, '*'),
      );
    });
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('every text that a script asks for is there, and is one that its page brings along', () => {
  const there = [...englishTexts().keys()];
  const asked = FOLDERS.flatMap((folder) => keysAskedFor(folder).map((key) => [folder, key] as const));

  expect(asked.length).toBeGreaterThan(20);
  for (const [folder, key] of asked) {
    const found = key.endsWith('*') ? there.some((each) => each.startsWith(key.slice(0, -1))) : there.includes(key);
    expect(found, `${folder} asks for '${key}'`).toBe(true);
    expect(['shell', folder === 'shared' ? 'shell' : folder], `${folder} asks for '${key}'`).toContain(
      key.split('.')[0],
    );
  }
});

test('placeholders are replaced by position', () => {
  expect(textsFrom(new Map([['a', '{1} and {0}, but not {2}']]))('a', 3, 'x')).toBe('x and 3, but not {2}');
});

test('a text that is missing is shown as its key, and complained about', () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue();

  expect(textsFrom(new Map())('shell.no-such')).toBe('shell.no-such');
  expect(complaint).toHaveBeenCalledWith("The page has no text 'shell.no-such'");
});

test('a close is told by its code, its meaning and its reason', () => {
  expect(closeText(english, 1012, 'Back soon')).toBe('1012 server restarts · Back soon');
  expect(closeText(english, 4999, '')).toBe('4999');
});

test('a reason that only repeats the meaning is left out', () => {
  expect(closeText(english, 1002, 'protocol error')).toBe('1002 protocol error');
});
