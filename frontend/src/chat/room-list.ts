import type { Client } from '../client/index.ts';
import { base } from '../shared/base.ts';
import { byId, textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { chatEvent, placed } from './conversation.ts';
import type { Remembered } from './remembered.ts';
import { roomOf, roomWithId, topicOf, type Room } from './room.ts';

/** As many messages as are counted of a room that one is not in. */
const COUNTED = 20;

const SHOWN = 20;

export interface RoomListOptions {
  client: Client;
  texts: Texts;
  remembered: Remembered;
  current: Room | undefined;
}

/** Shows the rooms one was in, with how much is new in each, and those in which others talk. */
export class RoomList {
  private readonly options: RoomListOptions;
  private readonly list = byId('rooms', HTMLUListElement);
  /** How much is new, by room; one for each that is remembered. */
  private readonly unread = new Map<string, number>();
  private others: string[] = [];

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
    options.remembered.rooms
      .filter(({ id }) => id !== options.current?.id)
      .forEach(({ id, read }) => this.count(id, read));
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

  private count(id: string, read: string | undefined): void {
    const from = read === undefined ? undefined : placed(read);
    this.options.client.subscribe(topicOf(roomWithId(id)), {
      replay: `last=${COUNTED}`,
      onPublication: (publication) => {
        const { epoch, offset } = placed(publication.position ?? '');
        const event = chatEvent(() => publication.json());
        if (from && event?.kind === 'said' && (epoch !== from.epoch || offset > from.offset)) {
          this.unread.set(id, Math.min((this.unread.get(id) ?? 0) + 1, COUNTED));
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
    const { remembered, current, texts } = this.options;
    const known = remembered.rooms.map(({ id }) => id);
    const ids = [...new Set([...known, ...this.others, 'lobby'])].slice(0, SHOWN);
    this.list.replaceChildren(
      ...ids.map((id) => {
        const room = roomWithId(id);
        const link = textElement('a', '', room.name) as HTMLAnchorElement;
        link.href = addressOf(room);
        if (id === current?.id) {
          link.ariaCurrent = 'page';
        }
        const unread = this.unread.get(id) ?? 0;
        if (unread > 0) {
          const count = unread < COUNTED ? String(unread) : `${COUNTED}+`;
          const badge = textElement('span', 'badge unread', count);
          badge.append(textElement('span', 'unseen', ` ${texts('chat.unread')}`));
          link.append(badge);
        }
        const item = document.createElement('li');
        item.append(link);
        return item;
      }),
    );
  }
}

export function addressOf(room: Room): string {
  return new URL(`chat/${encodeURIComponent(room.name)}`, base).href;
}
