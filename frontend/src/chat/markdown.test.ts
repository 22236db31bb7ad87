import { expect, test } from 'vitest';
import { inlines, parseMarkdown, safeAddress, type Block, type Inline } from './markdown.ts';

/** What a reader would see, with the kinds in brackets. */
function shown(parts: Inline[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'code':
          return `<code:${part.text}>`;
        case 'link':
          return `<link ${part.address}:${shown(part.children)}>`;
        default:
          return `<${part.kind}:${shown(part.children)}>`;
      }
    })
    .join('');
}

function line(text: string): string {
  return shown(inlines(text));
}

function kinds(text: string): Block['kind'][] {
  return parseMarkdown(text).map(({ kind }) => kind);
}

test.each([
  ['plain', 'plain'],
  ['**bold** and *slanted*', '<strong:bold> and <emphasis:slanted>'],
  ['__bold__ and _slanted_', '<strong:bold> and <emphasis:slanted>'],
  ['~~gone~~', '<struck:gone>'],
  ['**bold *and slanted* too**', '<strong:bold <emphasis:and slanted> too>'],
  ['`**code**` stays', '<code:**code**> stays'],
  ['snake_case_name stays', 'snake_case_name stays'],
  ['2 * 3 * 4 stays', '2 * 3 * 4 stays'],
  ['**unclosed', '**unclosed'],
  ['a\\*b\\*c', 'a*b*c'],
  ['你好**世界**！', '你好<strong:世界>！'],
])('%s', (text, expected) => {
  expect(line(text)).toBe(expected);
});

test.each([
  ['see https://example.org/a?b=1#c.', 'see <link https://example.org/a?b=1#c:https://example.org/a?b=1#c>.'],
  ['(https://example.org/a_(b))', '(<link https://example.org/a_(b):https://example.org/a_(b)>)'],
  ['看 https://example.org。', '看 <link https://example.org/:https://example.org>。'],
  ['[here](https://example.org/x)', '<link https://example.org/x:here>'],
  ['[**here**](http://example.org)', '<link http://example.org/:<strong:here>>'],
])('links: %s', (text, expected) => {
  expect(line(text)).toBe(expected);
});

test.each([
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>1</script>)',
  '[x](vbscript:x)',
  '[x](//example.org)',
  '[x](/path)',
  'javascript:alert(1)',
  'xhttps://example.org',
])('what leads to no page is text: %s', (text) => {
  expect(inlines(text)).toEqual([{ kind: 'text', text }]);
});

test('markup is text like any other', () => {
  const text = '<img src=x onerror=alert(1)> <script>alert(1)</script> &lt;b&gt;';

  expect(inlines(text)).toEqual([{ kind: 'text', text }]);
  expect(inlines('`<b>`')).toEqual([{ kind: 'code', text: '<b>' }]);
});

test('an address is the one a browser would go to', () => {
  expect(safeAddress('https://example.org/"><script>')).toBe('https://example.org/%22%3E%3Cscript%3E');
  expect(safeAddress('https://ex\tample.org')).toBe('https://example.org/');
  expect(safeAddress('java\nscript:alert(1)')).toBeUndefined();
});

test('blocks are paragraphs, quotes, lists and code', () => {
  const text = 'one\ntwo\n\nthree\n> quoted\n- a\n- b\n2. c\n3. d\n```js\n**x**\n\n- y\n```\nend';

  expect(kinds(text)).toEqual(['paragraph', 'paragraph', 'quote', 'list', 'list', 'code', 'paragraph']);
  const blocks = parseMarkdown(text);
  expect(blocks[0]).toMatchObject({ lines: [[{ text: 'one' }], [{ text: 'two' }]] });
  expect(blocks[3]).toMatchObject({ start: undefined, items: [[{ text: 'a' }], [{ text: 'b' }]] });
  expect(blocks[4]).toMatchObject({ start: 2 });
  expect(blocks[5]).toEqual({ kind: 'code', text: '**x**\n\n- y' });
});

test('code without an end goes to the end', () => {
  expect(parseMarkdown('```\nx\ny')).toEqual([{ kind: 'code', text: 'x\ny' }]);
});

/** What is left of a text's letters, those in the address of a labelled link among them. */
function letters(parts: Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text' || part.kind === 'code') {
        return part.text.replace(/[^ab]/g, '');
      }
      const [first] = part.children;
      const bare = first?.kind === 'text' && first.text.startsWith('http');
      return letters(part.children) + (part.kind === 'link' && !bare ? part.address.replace(/[^ab]/g, '') : '');
    })
    .join('');
}

test('no letter of a text is lost or moved, whatever stands around it', () => {
  const signs = ['*', '_', '~~', '`', '[', ']', '(', ')', 'a', ' ', 'https://x.y', '\\', '**', 'b'];
  let seed = 1;
  for (let round = 0; round < 3000; round++) {
    let text = '';
    for (let length = 0; length < 14; length++) {
      seed = (seed * 48_271) % 2_147_483_647;
      text += signs[seed % signs.length];
    }
    expect(letters(inlines(text)), text).toBe(text.replace(/[^ab]/g, ''));
  }
});

test.each([
  '*'.repeat(4000),
  '_a'.repeat(2000),
  '['.repeat(4000),
  '[a]('.repeat(1000),
  '**a '.repeat(1000),
  '`'.repeat(3999),
])('the longest text is read at once', (text) => {
  const begun = performance.now();
  parseMarkdown(text);

  expect(performance.now() - begun).toBeLessThan(500);
});
