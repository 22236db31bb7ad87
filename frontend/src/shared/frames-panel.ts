import type { WireEvent } from '../client/index.ts';
import { byId } from './elements.ts';
import { EventLog, type Entry } from './event-log.ts';
import { RoundTrips } from './round-trips.ts';
import type { Texts } from './texts.ts';
import { describeWire } from './wire-text.ts';

/** Events that are remembered, and lines that are shown. */
const LIMIT = 300;

/** Shows what goes over the wire, when the user wants to see it; until then it costs next to nothing. */
export class FramesPanel {
  private readonly panel = byId('frames', HTMLElement);
  private readonly toggle = byId('frames-toggle', HTMLButtonElement);
  private readonly texts: Texts;
  private readonly log: EventLog;
  private readonly roundTrips = new RoundTrips();
  /** What came while the panel was closed; no more than the limit, the oldest are forgotten. */
  private unseen: (() => Entry)[] = [];

  constructor(texts: Texts) {
    this.texts = texts;
    this.log = new EventLog({
      view: byId('frames-view', HTMLElement),
      list: byId('frames-list', HTMLOListElement),
      latest: byId('frames-latest', HTMLButtonElement),
      directions: { in: texts('shell.direction.in'), out: texts('shell.direction.out') },
      limit: LIMIT,
    });
    this.toggle.addEventListener('click', () => this.show(this.panel.hidden === true));
    byId('frames-clear', HTMLButtonElement).addEventListener('click', () => this.log.clear());
    byId('frames-close', HTMLButtonElement).addEventListener('click', () => this.close());
    this.panel.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') {
        this.close();
      }
    });
  }

  add(event: WireEvent): void {
    const waited = this.roundTrips.follow(event);
    this.put(() => describeWire(event, this.texts, waited));
  }

  show(visible: boolean): void {
    this.panel.hidden = !visible;
    this.toggle.setAttribute('aria-expanded', String(visible));
    if (visible) {
      this.unseen.splice(0).forEach((entry) => this.log.add(entry()));
      this.log.shown();
    }
  }

  /** Put a line of the page's own among those of the wire. */
  note(name: string, text: string): void {
    const entry: Entry = { at: new Date(), direction: 'out', kind: 'close', name, place: '', text };
    this.put(() => entry);
  }

  private put(entry: () => Entry): void {
    if (!this.panel.hidden) {
      this.log.add(entry());
      return;
    }
    this.unseen.push(entry);
    if (this.unseen.length > LIMIT) {
      this.unseen.shift();
    }
  }

  private close(): void {
    this.show(false);
    this.toggle.focus();
  }
}
