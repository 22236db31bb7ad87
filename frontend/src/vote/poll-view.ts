import type { Client, FanfareError } from '../client/index.ts';
import { byId } from '../shared/elements.ts';
import type { Shell } from '../shared/shell.ts';
import type { Texts } from '../shared/texts.ts';
import type { Visitor } from '../shared/visitor.ts';
import { BallotForm } from './ballot-form.ts';
import { Participation } from './participation.ts';
import { qrCode } from './qr-code.ts';
import { rememberPoll } from './recent.ts';
import { refusalText } from './refusal.ts';
import { Results } from './results.ts';
import { downloadTable } from './table.ts';
import type { Receipt } from './types.ts';

/** The page on which one votes and sees what others have. */
export class PollView {
  private readonly client: Client;
  private readonly visitor: Visitor;
  private readonly texts: Texts;
  private readonly shell: Shell;
  private readonly participation: Participation;
  private readonly ballot: BallotForm;
  private readonly results: Results;
  private readonly state = byId('cast-state', HTMLElement);
  private readonly detail = byId('cast-detail', HTMLElement);
  private creator = false;
  /** How many votes are on their way. */
  private sending = 0;
  /** Whether the voter has marked something that was not cast. */
  private isMarking = false;

  constructor(
    { client, visitor, texts, shell }: { client: Client; visitor: Visitor; texts: Texts; shell: Shell },
    id: string,
    address: string,
    onRefused: (error: FanfareError) => void,
  ) {
    this.client = client;
    this.visitor = visitor;
    this.texts = texts;
    this.shell = shell;
    this.ballot = new BallotForm(texts);
    this.results = new Results(byId('poll', HTMLElement).querySelector('.results') as HTMLElement, texts);
    this.participation = new Participation(client, visitor, id, {
      onJoined: (creator) => this.joined(creator),
      onTally: () => this.show(),
      onReceipt: (receipt) => this.confirm(receipt),
      onRefused,
    });
    this.listen(id, address);
    setInterval(() => this.showTime(), 250);
  }

  private listen(id: string, address: string): void {
    const form = byId('cast', HTMLFormElement);
    form.addEventListener('change', () => (this.isMarking = true));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.cast();
    });
    const link = byId('share-link', HTMLAnchorElement);
    link.href = address;
    link.textContent = address.replace(/^https?:\/\//, '');
    byId('screen-link', HTMLAnchorElement).href = `${address}/screen`;
    byId('share-code', HTMLElement).append(qrCode(address, this.texts('vote.share.code', address)));
    byId('copy', HTMLButtonElement).addEventListener('click', () => void this.copy(address));
    for (const table of ['results', 'votes'] as const) {
      byId(`${table}-table`, HTMLButtonElement).addEventListener('click', () =>
        this.tell(downloadTable(id, table, this.visitor)),
      );
    }
    const dialog = byId('close-dialog', HTMLDialogElement);
    byId('close', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
    dialog.addEventListener('close', () => {
      if (dialog.returnValue === 'close') {
        this.tell(this.participation.close());
      }
      dialog.returnValue = '';
    });
  }

  private joined(creator: boolean): void {
    const { poll } = this.participation;
    if (!poll) {
      return;
    }
    byId('problem', HTMLElement).hidden = true;
    this.creator = creator;
    document.title = poll.question;
    byId('question-text', HTMLElement).textContent = poll.question;
    this.ballot.show(poll);
    rememberPoll(poll);
    this.show();
    byId('poll', HTMLElement).hidden = false;
  }

  private async cast(): Promise<void> {
    const marks = this.ballot.marks();
    if (!marks.some((mark) => mark > 0)) {
      this.say('bad', this.texts('vote.cast.nothing'));
      return;
    }
    this.sending++;
    this.isMarking = false;
    const key = this.client.state === 'connected' ? 'vote.cast.sending' : 'vote.cast.waiting';
    this.say('detail', this.texts(key));
    try {
      await this.participation.cast(marks);
    } catch (error) {
      this.isMarking = true;
      this.say('bad', refusalText(this.texts, error as FanfareError));
    } finally {
      this.sending--;
      this.show();
    }
  }

  private confirm({ number, marks, position }: Receipt): void {
    // What is being chosen stays: a receipt comes after each cut, and from the voter's other tabs.
    if (this.sending <= 1 && !this.isMarking) {
      this.ballot.mark(marks);
    }
    this.say('receipt good', this.texts('vote.cast.receipt', number), this.texts('vote.cast.position', position));
    byId('cast-button', HTMLButtonElement).textContent = this.texts('vote.cast.change');
  }

  private say(kind: string, text: string, detail = ''): void {
    this.state.className = kind;
    this.state.textContent = text;
    this.detail.textContent = detail;
  }

  private show(): void {
    const { poll, tally, receipt } = this.participation;
    if (!poll) {
      return;
    }
    const closed = tally.closed !== null;
    this.results.show(poll, tally);
    this.showTime();
    byId('ballot', HTMLFieldSetElement).disabled = closed;
    if (closed && receipt) {
      this.ballot.mark(receipt.marks);
    }
    byId('close', HTMLButtonElement).hidden = !this.creator || closed;
    byId('votes-table', HTMLButtonElement).hidden = !this.creator || !closed;
    byId('results-table', HTMLButtonElement).hidden =
      !closed && (poll.shown === 'after-close' || (poll.shown === 'after-voting' && !receipt));
  }

  private showTime(): void {
    const { poll, tally, clock } = this.participation;
    if (poll) {
      this.results.showTime(poll, tally, clock.now());
    }
  }

  private async copy(address: string): Promise<void> {
    const button = byId('copy', HTMLButtonElement);
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = this.texts('vote.share.copied');
      this.shell.say(this.texts('vote.share.copied'));
    } catch {
      // Not over plain HTTP: then it is there to be copied by hand.
      getSelection()?.selectAllChildren(byId('share-link', HTMLAnchorElement));
    }
  }

  private tell(done: Promise<unknown>): void {
    const state = byId('tables-state', HTMLElement);
    state.textContent = '';
    done.catch((error: FanfareError) => {
      state.className = 'bad';
      state.textContent = refusalText(this.texts, error);
    });
  }
}
