import type { Client, FanfareError, Publication } from '../client/index.ts';
import { byId } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import { randomSecret, type Visitor } from '../shared/visitor.ts';
import { OptionList } from './option-list.ts';
import { idOf } from './place.ts';
import { named, questionOf, type Asked } from './question.ts';
import { recentPolls, rememberPoll } from './recent.ts';
import { refusalText } from './refusal.ts';
import type { Reply } from './types.ts';

/** The page on which polls are opened and looked for. */
export class Opening {
  private readonly form = byId('open', HTMLFormElement);
  private readonly state = byId('open-state', HTMLElement);
  private readonly options: OptionList;
  private readonly client: Client;
  private readonly visitor: Visitor;
  private readonly texts: Texts;
  private readonly goTo: (poll: string) => void;
  /** What was asked last. */
  private asked: Asked | undefined;

  constructor(
    { client, visitor, texts }: { client: Client; visitor: Visitor; texts: Texts },
    goTo: (id: string) => void,
  ) {
    this.client = client;
    this.visitor = visitor;
    this.texts = texts;
    this.goTo = goTo;
    this.options = new OptionList(texts);
    client.subscribe('/user/queue/vote', { onPublication: (publication) => this.hear(publication) });
    this.form.addEventListener('change', () => this.askHowMany());
    onSubmit(this.form, () => void this.open());
    onSubmit(byId('join', HTMLFormElement), () => goTo(idOf(byId('code', HTMLInputElement).value)));
    // Who comes back from a poll may ask the same again.
    window.addEventListener('pageshow', ({ persisted }) => (this.asked = persisted ? undefined : this.asked));
    this.listRecent();
    byId('opening', HTMLElement).hidden = false;
  }

  private async open(): Promise<void> {
    this.asked = named(questionOf(new FormData(this.form), this.options.texted()), this.asked, randomSecret);
    const { key, question } = this.asked;
    this.say('detail', this.texts('vote.open.sending'));
    try {
      await this.client.send('/app/vote/open', question, { headers: this.visitor.headers, idempotencyKey: key });
    } catch (error) {
      this.say('bad', refusalText(this.texts, error as FanfareError));
    }
  }

  private hear(publication: Publication): void {
    const reply = publication.json<Reply>();
    if (reply.about === 'opened' && reply.key === this.asked?.key) {
      rememberPoll({ id: reply.poll, question: this.asked.question.question });
      this.goTo(reply.poll);
    }
  }

  private say(kind: string, text: string): void {
    this.state.className = kind;
    this.state.textContent = text;
  }

  /** How many options may be chosen is asked where that is a question. */
  private askHowMany(): void {
    byId('most-field', HTMLElement).hidden = new FormData(this.form).get('kind') !== 'multiple';
  }

  private listRecent(): void {
    const polls = recentPolls();
    byId('recent', HTMLElement).hidden = polls.length === 0;
    byId('recent-list', HTMLUListElement).replaceChildren(...polls.map(({ id, question }) => this.entry(id, question)));
  }

  private entry(id: string, question: string): HTMLLIElement {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `vote/${id}`;
    link.textContent = question;
    item.append(link);
    return item;
  }
}

function onSubmit(form: HTMLFormElement, action: () => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}
