import type { WireEvent } from '../client/index.ts';
import { hex, readBody } from './body.ts';
import type { Entry } from './event-log.ts';
import { closeText, type Texts } from './texts.ts';

/** Characters of a body that are shown. A log of the longest bodies is still one that a browser can scroll. */
const SHOWN = 2000;

/** What is nobody's business who looks at the screen. */
const SECRET = new Set(['authorization', 'passcode', 'login', 'visitor']);

/** Headers that stand elsewhere in the line. */
const PLACED = new Set(['destination', 'content-length']);

type Frame = Extract<WireEvent, { kind: 'frame' }>;

/**
 * Say what happened on the wire as a line of the log.
 *
 * @param waited how many milliseconds the frame that this one answers was on its way and back
 */
export function describeWire(event: WireEvent, texts: Texts, waited?: number): Entry {
  if (event.kind === 'frame') {
    return frameEntry(event, texts, waited);
  }
  const name = texts(`shell.kind.${event.kind}`);
  return { at: new Date(event.at), kind: event.kind, direction: 'in', name, place: '', text: eventText(event, texts) };
}

function eventText(event: Exclude<WireEvent, Frame>, texts: Texts): string {
  switch (event.kind) {
    case 'open':
      return texts('shell.frames.open', event.session);
    case 'close':
      return closeText(texts, event.code, event.reason);
    case 'error':
      return [event.type, event.message].filter(Boolean).join(': ');
  }
}

function frameEntry({ at, command, direction, headers, body }: Frame, texts: Texts, waited?: number): Entry {
  const head = Object.entries(headers)
    .filter(([name]) => !PLACED.has(name))
    .map(([name, value]) => `${name}:${SECRET.has(name.toLowerCase()) ? '•••' : value}`);
  if (waited !== undefined) {
    head.push(texts('shell.frames.waited', Math.round(waited)));
  }
  const text = [head.join('  '), bodyText(body, headers['content-type'], texts)].filter(Boolean).join('\n');
  const place = headers['destination'] ?? '';
  return { at: new Date(at), kind: colourOf(command, headers), direction, name: command, place, text };
}

/** What takes up a subscription again, and what came of it, stands out. */
function colourOf(command: string, headers: Frame['headers']): string {
  if (headers['resume-after'] !== undefined || headers['recovered'] !== undefined) {
    return 'resume';
  }
  switch (command) {
    case 'MESSAGE':
    case 'SEND':
      return 'message';
    case 'ERROR':
      return 'error';
    default:
      return 'frame';
  }
}

function bodyText(sent: string | Uint8Array = '', contentType: string | undefined, texts: Texts): string {
  const body = typeof sent === 'string' ? sent : readBody(sent, contentType);
  if (typeof body !== 'string') {
    return texts('shell.frames.bytes', body.length, hex(body));
  }
  const more = body.length - SHOWN;
  return more > 0 ? `${body.slice(0, SHOWN)} … ${texts('shell.frames.more', more)}` : body;
}
