import { textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import type { Message } from './conversation.ts';
import { markdownNodes } from './markdown-dom.ts';
import type { Pending } from './outbox.ts';
import type { Line } from './timeline.ts';

export interface MessageActions {
  edit: (message: Message) => void;
  remove: (message: Message) => void;
  retry: (pending: Pending) => void;
  discard: (pending: Pending) => void;
}

/** How many colours there are for who said something; chat.css has them. */
const COLOURS = 8;

/** Draws the lines of a room. */
export class MessageView {
  private readonly texts: Texts;
  private readonly actions: MessageActions;
  private readonly time: Intl.DateTimeFormat;
  private readonly day: Intl.DateTimeFormat;

  constructor(texts: Texts, language: string, actions: MessageActions) {
    this.texts = texts;
    this.actions = actions;
    // Times as the reader writes them, as far as that is in the page's language.
    const own = navigator.languages.find((each) => each.slice(0, 2) === language.slice(0, 2)) ?? language;
    this.time = new Intl.DateTimeFormat(own, { hour: '2-digit', minute: '2-digit' });
    this.day = new Intl.DateTimeFormat(own, { dateStyle: 'full' });
  }

  draw = (line: Line): HTMLLIElement => {
    switch (line.kind) {
      case 'day':
        return row('day', textElement('span', '', this.day.format(line.timestamp)));
      case 'new':
        return row('new', textElement('span', '', this.texts('chat.new')));
      case 'note':
        return row('note', textElement('span', '', line.text));
      case 'message':
        return this.message(line.message, line.mine, line.goesOn);
      case 'pending':
        return this.pending(line.pending, line.goesOn);
    }
  };

  private message(message: Message, mine: boolean, goesOn: boolean): HTMLLIElement {
    const made = row(
      'message',
      this.head(message.author, message.name, message.timestamp),
      message.deleted ? textElement('p', 'deleted', this.texts('chat.deleted')) : body(message.text),
    );
    made.dataset['anchor'] = made.dataset['position'] = message.position;
    made.classList.toggle('mine', mine);
    made.classList.toggle('goes-on', goesOn);
    const foot = element('p', 'foot');
    if (message.edited && !message.deleted) {
      foot.append(textElement('span', 'edited', this.texts('chat.edited')));
    }
    if (mine && !message.deleted) {
      foot.append(
        this.stored(),
        this.button('edit', () => this.actions.edit(message)),
        this.button('delete', () => this.actions.remove(message)),
      );
    }
    if (foot.childElementCount > 0) {
      made.append(foot);
    }
    return made;
  }

  private pending(pending: Pending, goesOn: boolean): HTMLLIElement {
    const made = row('message', this.head('', pending.name, pending.at), body(pending.text));
    made.classList.add('mine', 'pending', pending.state);
    made.classList.toggle('goes-on', goesOn);
    if (pending.state !== 'failed') {
      // It is announced once, as the message that the room shows.
      made.ariaLive = 'off';
    }
    const foot = element('p', 'foot');
    if (pending.state === 'stored') {
      foot.append(this.stored());
    } else if (pending.state === 'failed') {
      foot.append(
        textElement('span', 'state bad', `${this.texts('chat.state.failed')} ${pending.problem ?? ''}`),
        this.button('retry', () => this.actions.retry(pending)),
        this.button('discard', () => this.actions.discard(pending)),
      );
    } else {
      foot.append(textElement('span', 'state', this.texts('chat.state.sending')));
    }
    made.append(foot);
    return made;
  }

  private head(author: string, name: string, timestamp: number): HTMLElement {
    const head = element('p', 'head');
    const mark = textElement('span', `mark colour-${colourOf(author)}`, [...name][0]?.toUpperCase() ?? '?');
    mark.ariaHidden = 'true';
    const time = textElement('time', 'time', this.time.format(timestamp)) as HTMLTimeElement;
    time.dateTime = new Date(timestamp).toISOString();
    time.title = `${this.day.format(timestamp)}, ${this.time.format(timestamp)}`;
    const who = textElement('b', 'name', name);
    // Anybody may take any name; what nobody can take is what is made of a secret.
    who.title = author;
    head.append(mark, who, time);
    return head;
  }

  private stored(): HTMLElement {
    return textElement('span', 'state good', this.texts('chat.state.stored'));
  }

  private button(name: 'edit' | 'delete' | 'retry' | 'discard', action: () => void): HTMLButtonElement {
    const button = textElement('button', 'act', this.texts(`chat.${name}`)) as HTMLButtonElement;
    button.type = 'button';
    button.dataset['act'] = name;
    button.addEventListener('click', action);
    return button;
  }
}

function row(className: string, ...children: Node[]): HTMLLIElement {
  const made = document.createElement('li');
  made.className = className;
  made.append(...children);
  return made;
}

function body(text: string): HTMLElement {
  const made = element('div', 'body');
  made.append(markdownNodes(text));
  return made;
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** The same colour for the same author on every screen; the first one for oneself until the server has answered. */
function colourOf(author: string): number {
  let sum = 0;
  for (const letter of author) {
    sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  }
  return sum % COLOURS;
}
