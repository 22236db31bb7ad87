import { hex, type Body } from '../shared/body.ts';
import type { Entry } from '../shared/event-log.ts';
import { closeText, type Texts } from '../shared/texts.ts';
import type { ConnectionEvent, Problem } from './connection.ts';

/** Say of an event where it happened, and in words what. */
export function describe(event: ConnectionEvent, texts: Texts): Entry {
  const { at, direction, kind } = event;
  return { at, direction, kind, name: texts(`shell.kind.${kind}`), ...placeAndText(event, texts) };
}

function placeAndText(event: ConnectionEvent, texts: Texts): { place: string; text: string } {
  switch (event.kind) {
    case 'open':
      return { place: new URL(event.address).pathname, text: texts('page.open.session', event.session ?? '–') };
    case 'message':
      return { place: event.destination, text: bodyText(event.body, texts) };
    case 'close':
      return { place: '', text: closeText(texts, event.code, event.reason) };
    case 'error':
      return { place: '', text: problemText(event.problem, texts) };
  }
}

function bodyText(body: Body, texts: Texts): string {
  return typeof body === 'string' ? body : texts('page.body.bytes', body.length, hex(body));
}

function problemText(problem: Problem, texts: Texts): string {
  return problem.from === 'server' ? problem.text : texts(`page.problem.${problem.text}`);
}
