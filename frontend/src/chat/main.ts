import './chat.css';
import { connect } from '../client/index.ts';
import { webSocketAddress } from '../shared/base.ts';
import { byId } from '../shared/elements.ts';
import { openShell } from '../shared/shell.ts';
import { pageTexts } from '../shared/texts.ts';
import { visitorOf } from '../shared/visitor.ts';
import { Remembered } from './remembered.ts';
import { addressOf, RoomList } from './room-list.ts';
import { roomInPath, type Room } from './room.ts';
import { RoomPage } from './room-page.ts';

const texts = pageTexts();
const client = connect(webSocketAddress('ws'));
const shell = openShell({ client, texts });
const visitor = visitorOf();
const remembered = new Remembered();
const room = roomInPath(location.pathname);

if (visitor.name === '') {
  visitor.name = texts('chat.guest', 1000 + ((crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 9000));
}
if (room) {
  enter(room);
}
new RoomList({ client, texts, visitor, remembered, current: room });

function enter(room: Room): void {
  const address = addressOf(room);
  // The one way to write it, so that all links to the room are the same.
  history.replaceState(history.state, '', address + location.search + location.hash);
  byId('welcome', HTMLElement).hidden = true;
  byId('conversation', HTMLElement).hidden = false;
  byId('room-name', HTMLElement).textContent = room.name;
  const title = (count: number) => `${count > 0 ? `(${count}) ` : ''}${room.name} · ${texts('chat.title')}`;
  document.title = title(0);
  byId('copy', HTMLButtonElement).addEventListener('click', () => void copy(address));
  new RoomPage({ client, texts, visitor, remembered, room, onUnread: (count) => (document.title = title(count)) });
}

async function copy(address: string): Promise<void> {
  const copied = byId('copied', HTMLElement);
  try {
    await navigator.clipboard.writeText(address);
    copied.textContent = texts('chat.copied');
    shell.say(texts('chat.copied'));
  } catch {
    // Pages that were not loaded over TLS may not; then it is shown to be copied by hand.
    copied.textContent = address;
  }
}
