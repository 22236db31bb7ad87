import { hex, type Body } from './body.ts';
import type { ConnectionEvent, Problem } from './connection.ts';
import { closeText, type Texts } from './texts.ts';

/** What the log says of an event: where it happened, and in words what. */
export function describe(event: ConnectionEvent, texts: Texts): { place: string; text: string } {
  switch (event.kind) {
    case 'open':
      return { place: new URL(event.address).pathname, text: texts('open.session', event.session ?? '–') };
    case 'message':
      return { place: event.destination, text: bodyText(event.body, texts) };
    case 'close':
      return { place: '', text: closeText(texts, event.code, event.reason) };
    case 'error':
      return { place: '', text: problemText(event.problem, texts) };
  }
}

/** The time of day to the millisecond, as the reader's clock shows it. */
export function timeText(at: Date): string {
  const digits = (value: number, length = 2) => String(value).padStart(length, '0');
  const day = [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => digits(value)).join(':');
  return `${day}.${digits(at.getMilliseconds(), 3)}`;
}

function bodyText(body: Body, texts: Texts): string {
  return typeof body === 'string' ? body : texts('body.bytes', body.length, hex(body));
}

function problemText(problem: Problem, texts: Texts): string {
  return problem.from === 'server' ? problem.text : texts(`problem.${problem.text}`);
}
