import type { Client } from '../client/index.ts';
import { base } from '../shared/base.ts';
import { byId, textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { tellVisitorId, type Visitor } from '../shared/visitor.ts';
import { chatEvent } from './conversation.ts';
import type { Remembered } from './remembered.ts';
import { roomOf, roomWithId, topicOf, type Room } from './room.ts';
import { countUnread, type Said } from './unread.ts';

/** As many messages as are counted of a room that one is not in. */
const COUNTED = 20;

const SHOWN = 20;

export interface RoomListOptions {
  client: Client;
  texts: Texts;
  visitor: Visitor;
  remembered: Remembered;
  current: Room | undefined;
}

/** Shows the rooms one was in, with how much is new in each, and those in which others talk. */
export class RoomList {
  private readonly options: RoomListOptions;
  private readonly list = byId('rooms', HTMLUListElement);
  /** The last messages, by room; of each that is remembered. */
  private readonly said = new Map<string, Said[]>();
  private own: string | undefined;
  private others: string[] = [];
  private shown = '';

  constructor(options: RoomListOptions) {
    this.options = options;
    const form = byId('join', HTMLFormElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.join(byId('room', HTMLInputElement));
    });
    const toggle = byId('rooms-toggle', HTMLButtonElement);
    toggle.addEventListener('click', () => {
      toggle.ariaExpanded = String(toggle.ariaExpanded !== 'true');
    });
    options.remembered.rooms.filter(({ id }) => id !== options.current?.id).forEach(({ id }) => this.count(id));
    void tellVisitorId(options.client, options.visitor, (id) => {
      this.own = id;
      this.show();
    });
    // Another tab has read a room.
    addEventListener('storage', () => this.show());
    this.ask();
    this.show();
  }

  private join(field: HTMLInputElement): void {
    const room = roomOf(field.value);
    field.setCustomValidity(room ? '' : this.options.texts('chat.problem.room'));
    if (room) {
      location.href = addressOf(room);
    } else {
      field.reportValidity();
      field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
    }
  }

  private count(id: string): void {
    this.options.client.subscribe(topicOf(roomWithId(id)), {
      replay: `last=${COUNTED}`,
      onPublication: (publication) => {
        const { position } = publication;
        const event = chatEvent(() => publication.json());
        if (position !== undefined && event?.kind === 'said') {
          const known = this.said.get(id) ?? [];
          this.said.set(id, [...known, { position, author: event.author }].slice(-COUNTED));
          this.show();
        }
      },
    });
  }

  /** Ask which rooms there are, now and whenever the connection or the reader comes back. */
  private ask(): void {
    const { client } = this.options;
    const request = () => client.state === 'connected' && client.send('/app/chat/rooms').catch(() => undefined);
    client.subscribe('/user/queue/chat/rooms', {
      onPublication: (answer) => {
        this.others = answer.json<{ room: string }[]>().map(({ room }) => room);
        this.show();
      },
      onLive: request,
    });
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && request());
  }

  private show(): void {
    const { remembered } = this.options;
    const read = new Map(remembered.rooms.map(({ id, read }) => [id, read]));
    const ids = [...new Set([...read.keys(), ...this.others, 'lobby'])].slice(0, SHOWN);
    const rooms = ids.map((id) => ({ id, unread: countUnread(this.said.get(id) ?? [], read.get(id), this.own) }));
    // A link that is drawn anew loses the keyboard's focus.
    const shown = JSON.stringify(rooms);
    if (this.shown !== shown) {
      this.shown = shown;
      this.list.replaceChildren(...rooms.map(({ id, unread }) => this.item(roomWithId(id), unread)));
    }
  }

  private item(room: Room, unread: number): HTMLLIElement {
    const { current, texts } = this.options;
    const link = textElement('a', '', room.name) as HTMLAnchorElement;
    link.href = addressOf(room);
    if (room.id === current?.id) {
      link.ariaCurrent = 'page';
    }
    if (unread > 0) {
      const count = unread < COUNTED ? String(unread) : `${COUNTED}+`;
      const badge = textElement('span', 'badge unread', count);
      badge.append(textElement('span', 'unseen', ` ${texts('chat.unread')}`));
      link.append(badge);
    }
    const item = document.createElement('li');
    item.append(link);
    return item;
  }
}

export function addressOf(room: Room): string {
  return new URL(`chat/${encodeURIComponent(room.name)}`, base).href;
}
