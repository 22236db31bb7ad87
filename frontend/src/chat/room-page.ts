import type { Client, Publication, State, Subscription } from '../client/index.ts';
import { byId } from '../shared/elements.ts';
import { tabKept } from '../shared/storage.ts';
import type { Texts } from '../shared/texts.ts';
import { randomSecret, tellVisitorId, type Visitor } from '../shared/visitor.ts';
import { Composer } from './composer.ts';
import { chatEvent, Conversation, placed, type Message } from './conversation.ts';
import { eventsBefore } from './history.ts';
import { MessageView } from './message-view.ts';
import { Outbox } from './outbox.ts';
import { Past } from './past.ts';
import type { Remembered } from './remembered.ts';
import { topicOf, typingTopicOf, type Room } from './room.ts';
import { linesOf } from './timeline.ts';
import { TimelineView } from './timeline-view.ts';
import { TypingNotice, Typists } from './typing.ts';
import { Unread } from './unread.ts';

/** Events that are read at first. */
const FIRST = 60;

/** Messages that are shown at once, and how many of these are left when there are more and the reader is at the end. */
const MOST = 2000;
const MOST_AT_END = 400;
const LEFT_AT_END = 300;

export interface RoomPageOptions {
  client: Client;
  texts: Texts;
  visitor: Visitor;
  remembered: Remembered;
  room: Room;
  /** Tells in the title and to the reader how much is new. */
  onUnread: (count: number) => void;
}

/** One room: shows what its topic tells, and takes what one says to the server. */
export class RoomPage {
  private readonly options: RoomPageOptions;
  private readonly topic: string;
  private readonly conversation = new Conversation();
  private readonly past: Past;
  private readonly unread: Unread;
  private readonly outbox: Outbox;
  private readonly view: TimelineView;
  private readonly composer: Composer;
  private readonly typists = new Typists((names) => this.showTyping(names));
  private readonly latest = byId('latest', HTMLButtonElement);
  private readonly log = byId('timeline', HTMLElement);
  private own: string | undefined;
  private opened = false;
  private drawing = false;

  constructor(options: RoomPageOptions) {
    this.options = options;
    const { client, texts, visitor, remembered, room } = options;
    this.topic = topicOf(room);
    const read = remembered.visit(room.id);
    this.unread = new Unread(read, (position) => remembered.read(room.id, position), this.isLooking());
    this.past = new Past({
      conversation: this.conversation,
      read: (position) => eventsBefore(this.topic, position),
      onChange: () => this.showPast(),
    });
    this.outbox = new Outbox({
      send: ({ id, name, text }) => this.ask('say', { id, name, text }, id),
      onChange: () => this.draw(),
      kept: tabKept(),
      key: `fanfare.chat.unsent.${room.id}`,
    });
    const messages = new MessageView(texts, document.documentElement.lang, {
      edit: (message) => this.composer.edit(message),
      remove: (message) => this.remove(message),
      retry: ({ id }) => this.outbox.retry(id),
      discard: ({ id }) => this.outbox.discard(id),
    });
    this.view = new TimelineView({
      view: this.log,
      list: byId('messages', HTMLOListElement),
      draw: messages.draw,
      onFollow: () => this.look(),
      onTop: () => this.opened && void this.past.goBack(),
    });
    const notice = new TypingNotice(() => {
      if (client.state === 'connected') {
        client
          .send(`/app/chat/${room.id}/typing`, { name: visitor.name }, { headers: visitor.headers })
          .catch(() => {});
      }
    });
    this.composer = new Composer({
      texts,
      visitor,
      onSay: (text, name) => {
        notice.sent();
        this.view.toEnd();
        return this.outbox.add({ id: randomSecret(), name, text });
      },
      onEdit: (message, text) => this.change('edit', { of: message.position, text }),
      onTyped: (text) => notice.typed(text),
      lastOwn: () => this.conversation.messages.findLast(({ author, deleted }) => author === this.own && !deleted),
    });
    this.latest.addEventListener('click', () => this.view.toEnd());
    for (const event of ['focus', 'blur', 'visibilitychange']) {
      addEventListener(event, () => this.look(), { capture: true });
    }
    this.listen();
  }

  private listen(): void {
    const { client, texts, visitor } = this.options;
    const subscription = client.subscribe(this.topic, {
      replay: `last=${FIRST}`,
      onPublication: (publication) => this.take(publication),
      onLive: () => {
        this.past.begin();
        this.outbox.caughtUp();
      },
      onGap: () => {
        this.outbox.interrupted();
        this.composer.problem(texts('chat.problem.gap'));
      },
      onError: ({ message }) => this.composer.problem(message),
    });
    client.on('state', (state) => state !== 'connected' && this.outbox.interrupted());
    const asked = tellVisitorId(client, visitor, (id) => {
      this.own = id;
      this.draw();
    });
    void Promise.allSettled([subscription.live, asked]).then(() => this.open());
    this.listenToTyping();
  }

  /** Who was typing while the connection was gone interests nobody, so each connection begins anew. */
  private listenToTyping(): void {
    const { client, room } = this.options;
    let typing: Subscription | undefined;
    const follow = (state: State) => {
      typing?.unsubscribe();
      typing =
        state === 'connected'
          ? client.subscribe(typingTopicOf(room), { onPublication: (publication) => this.sawTyping(publication) })
          : undefined;
    };
    follow(client.state);
    client.on('state', follow);
  }

  private sawTyping(publication: Publication): void {
    const { author, name } = publication.json<{ author: string; name: string }>();
    if (author !== this.own) {
      this.typists.types(author, name);
    }
  }

  /** Show the room once it is known what was said and who is looking. */
  private open(): void {
    this.opened = true;
    this.unread.open(this.conversation.messages, this.own);
    this.log.ariaBusy = 'false';
    this.render();
    if (this.unread.before !== undefined) {
      this.view.toRow('new');
    }
    this.log.ariaLive = 'polite';
    this.outbox.start();
  }

  private take(publication: Publication): void {
    const event = chatEvent(() => publication.json());
    if (!event || publication.position === undefined) {
      return;
    }
    const place = { position: publication.position, timestamp: publication.timestamp ?? Date.now() };
    const message = this.conversation.add(event, place);
    if (event.kind === 'said') {
      this.typists.said(event.author);
      this.outbox.shown(event.id);
    }
    if (message && this.opened) {
      this.unread.add(message, message.author === this.own);
    }
    const following = this.view.isFollowing;
    if (following ? this.conversation.messages.length > MOST_AT_END : this.conversation.messages.length > MOST) {
      this.conversation.trim(following ? LEFT_AT_END : MOST);
    }
    this.draw();
  }

  /** Show what was said before, which is not announced. */
  private showPast(): void {
    this.log.ariaLive = 'off';
    this.render();
    requestAnimationFrame(() => (this.log.ariaLive = 'polite'));
  }

  private remove(message: Message): void {
    const dialog = byId('confirm', HTMLDialogElement);
    dialog.returnValue = '';
    dialog.addEventListener(
      'close',
      () => dialog.returnValue === 'delete' && void this.change('delete', { of: message.position }),
      { once: true },
    );
    dialog.showModal();
  }

  /** Edit or delete; false where that was refused, which is said. */
  private async change(what: 'edit' | 'delete', body: { of: string; text?: string }): Promise<boolean> {
    const id = randomSecret();
    try {
      await this.ask(what, { id, ...body }, id);
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.composer.problem(this.options.texts(`chat.problem.${what}`, why));
      return false;
    }
  }

  private ask(what: string, body: object, idempotencyKey: string): Promise<unknown> {
    const { client, room, visitor } = this.options;
    return client.send(`/app/chat/${room.id}/${what}`, body, { headers: visitor.headers, idempotencyKey });
  }

  private look(): void {
    this.unread.look(this.isLooking() && this.view.isFollowing, this.conversation.messages.at(-1));
    this.draw();
  }

  private isLooking(): boolean {
    return document.visibilityState === 'visible' && document.hasFocus();
  }

  /** Draw with the next frame of the screen, however much comes until then. */
  private draw(): void {
    this.options.onUnread(this.unread.unread);
    if (!this.drawing) {
      this.drawing = true;
      requestAnimationFrame(() => this.render());
    }
  }

  private render(): void {
    this.drawing = false;
    if (!this.opened) {
      return;
    }
    const { messages } = this.conversation;
    this.view.show(
      linesOf({
        messages,
        pending: this.outbox.pending,
        own: this.own,
        newBefore: this.unread.before,
        note: this.note(messages[0]),
      }),
    );
    const { texts } = this.options;
    this.latest.hidden = this.view.isFollowing;
    this.latest.textContent =
      this.unread.unread > 0 ? texts('chat.latest.unread', this.unread.unread) : texts('chat.latest');
  }

  private note(first: Message | undefined): string | undefined {
    const { texts } = this.options;
    if (this.past.state !== 'none') {
      return this.past.state === 'loading' ? texts('chat.note.loading') : undefined;
    }
    if (!first) {
      return texts('chat.note.empty');
    }
    const { offset } = placed(this.conversation.oldest ?? first.position);
    return offset > 1 ? texts('chat.note.forgotten') : texts('chat.note.beginning');
  }

  private showTyping(names: string[]): void {
    const { texts } = this.options;
    const [first = '', second = ''] = names;
    byId('typing', HTMLElement).textContent =
      names.length === 0
        ? ''
        : names.length === 1
          ? texts('chat.typing.one', first)
          : names.length === 2
            ? texts('chat.typing.two', first, second)
            : texts('chat.typing.many');
  }
}
