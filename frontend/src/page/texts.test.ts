import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeText, TEXT_KEYS, textsFrom } from './texts.ts';

const resources = new URL('../../../src/main/resources/', import.meta.url);
const template = readFileSync(new URL('templates/page.html', resources), 'utf8');
const bundle = readFileSync(new URL('messages.properties', resources), 'utf8');
const texts = textsFrom(new Map(TEXT_KEYS.map((key) => [key, `<${key} {0} {1}>`])));

test('the page brings every text the script asks for', () => {
  for (const key of TEXT_KEYS) {
    expect(template).toContain(`'${key}'`);
    expect(bundle).toContain(`\n${key}=`);
  }
});

test('a missing text is noticed at once', () => {
  expect(() => textsFrom(new Map())).toThrow('state.connecting');
});

test('placeholders are replaced by position', () => {
  expect(texts('body.bytes', 3, '00 01 02')).toBe('<body.bytes 3 00 01 02>');
});

test('a close is told by its code, its meaning and its reason', () => {
  expect(closeText(textsFrom(new Map(TEXT_KEYS.map((key) => [key, key]))), 1012, 'Back soon')).toBe(
    '1012 close.1012 · Back soon',
  );
  expect(closeText(texts, 4999, '')).toBe('4999');
});

test('a reason that only repeats the meaning is left out', () => {
  expect(closeText(texts, 1002, '<close.1002 {0} {1}>')).toBe('1002 <close.1002 {0} {1}>');
});
