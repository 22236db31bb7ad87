/** A part of a line. What it holds is text to show, never markup to interpret. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis' | 'struck'; children: Inline[] }
  | { kind: 'link'; address: string; children: Inline[] };

export type Block =
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'list'; start: number | undefined; items: Inline[][] }
  | { kind: 'code'; text: string };

/** How deep marks may stand in marks; deeper ones are shown as they were written. */
const DEEPEST = 6;

const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,6})[.)]\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const FENCE = /^\s{0,3}```/;

/**
 * Read the Markdown of chats: paragraphs, `>` quotes, lists, fenced code, and within lines `**strong**`, `*emphasis*`,
 * `~~struck~~`, `` `code` ``, `[links](https://example.org)` and bare addresses. There is no HTML in it, so there is
 * none to escape; whatever is not understood is text.
 */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    const rest = lines.slice(at);
    const block =
      fenced(rest) ??
      run(rest, QUOTE, (found) => ({ kind: 'quote', lines: found.map((match) => inlines(match[1] ?? '')) })) ??
      run(rest, BULLET, (found) => ({
        kind: 'list',
        start: undefined,
        items: found.map((match) => inlines(match[1] ?? '')),
      })) ??
      run(rest, NUMBER, (found) => ({
        kind: 'list',
        start: Number(found[0]?.[1]),
        items: found.map((match) => inlines(match[2] ?? '')),
      }));
    if (block) {
      blocks.push(block.block);
      at += block.length;
    } else {
      add(blocks, line, at > 0 && lines[at - 1] !== '');
      at++;
    }
  }
  return blocks;
}

interface Found {
  block: Block;
  /** How many lines it takes. */
  length: number;
}

function fenced(lines: string[]): Found | undefined {
  if (!FENCE.test(lines[0] ?? '')) {
    return undefined;
  }
  const end = lines.findIndex((line, at) => at > 0 && FENCE.test(line));
  const last = end < 0 ? lines.length : end;
  return { block: { kind: 'code', text: lines.slice(1, last).join('\n') }, length: end < 0 ? lines.length : end + 1 };
}

/** Make one block of the lines in front that match. */
function run(lines: string[], pattern: RegExp, make: (found: RegExpMatchArray[]) => Block): Found | undefined {
  const found: RegExpMatchArray[] = [];
  for (const line of lines) {
    const match = pattern.exec(line);
    if (!match) {
      break;
    }
    found.push(match);
  }
  return found.length > 0 ? { block: make(found), length: found.length } : undefined;
}

function add(blocks: Block[], line: string, goesOn: boolean): void {
  if (line.trim() === '') {
    return;
  }
  const last = blocks.at(-1);
  if (goesOn && last?.kind === 'paragraph') {
    last.lines.push(inlines(line));
  } else {
    blocks.push({ kind: 'paragraph', lines: [inlines(line)] });
  }
}

const MARKS = [
  { mark: '**', kind: 'strong' },
  { mark: '__', kind: 'strong' },
  { mark: '~~', kind: 'struck' },
  { mark: '*', kind: 'emphasis' },
  { mark: '_', kind: 'emphasis' },
] as const;

const ADDRESS = /^https?:\/\/[^\s<>"'`]+/i;
const LABELLED = /^\[([^\[\]\n]{1,300})\]\(([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000})?)\)/;
const WORD = /[\p{L}\p{N}_]/u;

/** Read one line. Each character is looked at once for each level, so a hostile line takes no longer than another. */
export function inlines(line: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain) {
      parts.push({ kind: 'text', text: plain });
      plain = '';
    }
  };
  /** Marks that have no end in this line, so that it is not looked for again. */
  const open = new Set<string>();
  for (let at = 0; at < line.length;) {
    const found = depth < DEEPEST ? partAt(line, at, depth, open) : undefined;
    if (found) {
      flush();
      parts.push(found.part);
      at += found.length;
    } else if (line[at] === '\\' && /[\\`*_~[\]()>#+.!-]/.test(line[at + 1] ?? '')) {
      plain += line[at + 1];
      at += 2;
    } else {
      plain += line[at];
      at++;
    }
  }
  flush();
  return parts;
}

interface Part {
  part: Inline;
  /** How many characters it takes. */
  length: number;
}

function partAt(line: string, at: number, depth: number, open: Set<string>): Part | undefined {
  switch (line[at]) {
    case '`':
      return codeAt(line, at, open);
    case '[':
      return labelledAt(line, at, depth);
    case 'h':
    case 'H':
      return addressAt(line, at);
    case '*':
    case '_':
    case '~':
      return markedAt(line, at, depth, open);
    default:
      return undefined;
  }
}

function codeAt(line: string, at: number, open: Set<string>): Part | undefined {
  const end = endOf(line, '`', at + 1, open);
  return end > at + 1 ? { part: { kind: 'code', text: line.slice(at + 1, end) }, length: end + 1 - at } : undefined;
}

function markedAt(line: string, at: number, depth: number, open: Set<string>): Part | undefined {
  for (const { mark, kind } of MARKS) {
    if (!line.startsWith(mark, at) || (mark.startsWith('_') && WORD.test(line[at - 1] ?? ''))) {
      continue;
    }
    const start = at + mark.length;
    const end = /\s/.test(line[start] ?? ' ') ? -1 : closingOf(line, mark, start, open);
    if (end > start) {
      const children = inlines(line.slice(start, end), depth + 1);
      return { part: { kind, children }, length: end + mark.length - at };
    }
  }
  return undefined;
}

/** Find where a mark ends: after something that is no space, and an underscore not within a word. */
function closingOf(line: string, mark: string, from: number, open: Set<string>): number {
  for (let end = endOf(line, mark, from, open); end >= 0; end = line.indexOf(mark, end + 1)) {
    const within = mark.startsWith('_') && WORD.test(line[end + mark.length] ?? '');
    const longer = mark.length === 1 && (line[end + 1] === mark || line[end - 1] === mark);
    if (end > from && !/\s/.test(line[end - 1] ?? '') && !within && !longer) {
      return end;
    }
  }
  open.add(mark);
  return -1;
}

function endOf(line: string, mark: string, from: number, open: Set<string>): number {
  if (open.has(mark)) {
    return -1;
  }
  const end = line.indexOf(mark, from);
  if (end < 0) {
    open.add(mark);
  }
  return end;
}

function labelledAt(line: string, at: number, depth: number): Part | undefined {
  const match = LABELLED.exec(line.slice(at, at + 2600));
  const address = match && safeAddress(match[2] ?? '');
  if (!address) {
    return undefined;
  }
  const children = inlines(match[1] ?? '', depth + 1).filter((part) => part.kind !== 'link');
  const shown: Inline[] = children.length > 0 ? children : [{ kind: 'text', text: match[1] ?? '' }];
  return { part: { kind: 'link', address, children: shown }, length: match[0].length };
}

function addressAt(line: string, at: number): Part | undefined {
  if (WORD.test(line[at - 1] ?? '')) {
    return undefined;
  }
  const written = withoutEnd(ADDRESS.exec(line.slice(at, at + 2000))?.[0] ?? '');
  const address = safeAddress(written);
  return address
    ? { part: { kind: 'link', address, children: [{ kind: 'text', text: written }] }, length: written.length }
    : undefined;
}

/** Leave to the sentence what ends it, and the bracket that the address stands in. */
function withoutEnd(written: string): string {
  let address = written;
  for (;;) {
    const last = address.at(-1) ?? '';
    const bracket = last === ')' && address.split('(').length <= address.split(')').length - 1;
    if (!bracket && !/[.,:;!?*_~，。；：！？、）】」』]/.test(last)) {
      return address;
    }
    address = address.slice(0, -1);
  }
}

/** Return the address as a browser understands it, if it leads to a page; never to a script. */
export function safeAddress(written: string): string | undefined {
  let address: URL;
  try {
    address = new URL(written);
  } catch {
    return undefined;
  }
  return address.protocol === 'https:' || address.protocol === 'http:' ? address.href : undefined;
}
