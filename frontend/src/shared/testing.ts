import { readFileSync } from 'node:fs';
import { textsFrom, type Texts } from './texts.ts';

const bundle = new URL('../../../src/main/resources/messages.properties', import.meta.url);

/** The English texts by their keys, for tests, which run in Node. */
export function englishTexts(): Map<string, string> {
  const lines = readFileSync(bundle, 'utf8')
    .split('\n')
    .filter((line) => line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** What a page in English would be given. */
export const english: Texts = textsFrom(englishTexts());
