import { connect } from '../client/index.ts';
import { base, webSocketAddress } from '../shared/base.ts';
import { byId } from '../shared/elements.ts';
import { openShell } from '../shared/shell.ts';
import { pageTexts } from '../shared/texts.ts';
import { visitorOf } from '../shared/visitor.ts';
import { codeIn } from './address.ts';
import { Door, onSubmit } from './door.ts';
import { Scores } from './scores.ts';
import { Stage } from './stage.ts';
import { playerOf, type GameEvent } from './state.ts';
import { Table } from './table.ts';
import { Timer } from './timer.ts';
import { eventText, mayLeave, mayStart, phaseText, present, roleText } from './words.ts';
import './game.css';

const GAMES = new URL('game/', base).href;
/** In a tab that is not looked at, nothing is drawn for long. */
const MOST_SAID = 5;

const texts = pageTexts();
const visitor = visitorOf();
// A turn lasts seconds: who is cut off must be back before it ends.
const client = connect(webSocketAddress('ws'), { longestWait: 3000 });
const shell = openShell({ client, texts });
const notice = byId('notice', HTMLElement);

const table = new Table(client, visitor, {
  changed: (event) => changed(event),
  refused: (reason) => refused(reason),
  failed: (message) => tell(message),
});
const stage = new Stage(texts, {
  buzz: () => void move('buzz', { round: table.state.round?.number }),
  answer: (choice) => void move('answer', { round: table.state.round?.number, choice }),
});
const scores = new Scores(texts);
const door = new Door(visitor, {
  quick: (name) => table.quick(name),
  create: (name, rounds) => table.create(name, rounds),
  visit: (code) => table.enter(code),
});
const seatName = byId('seat-name', HTMLInputElement);
let isDrawing = false;
let lastPhase = '';
/** What happened since the last drawing, for screen readers: what is said hides what was said just before. */
let happened: string[] = [];

new Timer(
  texts,
  () => table.state,
  () => table.now(),
);
byId('start', HTMLButtonElement).addEventListener('click', () => void move('start'));
byId('again', HTMLButtonElement).addEventListener('click', () => void move('again'));
byId('leave', HTMLButtonElement).addEventListener('click', () => void move('leave'));
byId('copy', HTMLButtonElement).addEventListener('click', () => void copyLink());
onSubmit('join', () => {
  visitor.name = seatName.value.trim();
  return move('join', { name: visitor.name });
});
window.addEventListener('popstate', () => location.reload());
open();

/** Go to the game of the address, or to the door where it names none. */
function open(): void {
  const code = codeIn(location.href, GAMES);
  seatName.value = visitor.name;
  door.show(code === '');
  if (code !== '') {
    void table.enter(code);
  }
}

/** A move of this moment: one that waits for a connection would come too late. */
async function move(name: string, body?: object): Promise<void> {
  tell('');
  if (client.state !== 'connected') {
    tell(texts('game.offline'));
    return;
  }
  await table.move(name, body);
}

function refused(reason: string): void {
  if (reason === 'unknown-game' && byId('door', HTMLElement).hidden) {
    byId('gone', HTMLElement).hidden = false;
    byId('table', HTMLElement).hidden = true;
    return;
  }
  tell(texts(`game.refused.${reason}`));
}

function tell(message: string): void {
  notice.textContent = message;
  notice.hidden = message === '';
}

function changed(event?: GameEvent): void {
  const said = eventText(texts, table.state, event);
  if (said) {
    happened = [...happened, said].slice(-MOST_SAID);
  }
  if (event?.type === 'asked' || event === undefined) {
    tell('');
  }
  if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(draw);
  }
}

/** Draw the newest state, once however many events led to it. */
function draw(): void {
  isDrawing = false;
  const { state, you, code } = table;
  const address = GAMES + code;
  if (location.href.split(/[?#]/)[0] !== address) {
    // A code in small letters is the same game: a way back to it would only lead here again.
    const isAtDoor = codeIn(location.href, GAMES) === '';
    history[isAtDoor ? 'pushState' : 'replaceState'](null, '', address);
  }
  const isThere = state.seats > 0;
  door.show(false);
  byId('gone', HTMLElement).hidden = true;
  byId('table', HTMLElement).hidden = !isThere;
  if (!isThere) {
    tell(texts('game.closed'));
    byId('gone', HTMLElement).hidden = false;
    return;
  }
  const player = playerOf(state, you);
  stage.show(state, you);
  scores.show(state, you);
  byId('own-code', HTMLElement).textContent = code;
  byId('role', HTMLElement).textContent = roleText(texts, state, you);
  byId('join', HTMLFormElement).hidden =
    player !== undefined || state.phase === 'over' || state.players.length >= state.seats;
  const start = byId('start', HTMLButtonElement);
  start.hidden = !mayStart(state, you);
  start.disabled = present(state) < 2;
  byId('again', HTMLButtonElement).hidden = state.phase !== 'over' || player === undefined;
  byId('leave', HTMLButtonElement).hidden = !mayLeave(state, you);
  sayNews(phaseText(texts, state, you));
}

/** Have screen readers say what happened, and the phase, with the question, where it is new. */
function sayNews(phase: string): void {
  const question = table.state.phase === 'reading' ? byId('question', HTMLElement).textContent : '';
  const news = phase === lastPhase ? '' : [phase, question].filter(Boolean).join('. ');
  if (news || happened.length > 0) {
    shell.say([...happened, news].join(' ').trim());
  }
  happened = [];
  lastPhase = phase;
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(GAMES + table.code);
    tell('');
    shell.say(texts('game.copied'));
    byId('copy', HTMLButtonElement).textContent = texts('game.copied');
  } catch {
    // Not over plain HTTP, nor without leave: the link can be read instead.
    tell(GAMES + table.code);
  }
}
