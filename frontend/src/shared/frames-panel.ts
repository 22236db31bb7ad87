import { byId } from './elements.ts';
import { EventLog } from './event-log.ts';
import type { Texts } from './texts.ts';
import { RoundTrips } from './round-trips.ts';
import { describeWire } from './wire-text.ts';
import type { WireEvent } from '../client/index.ts';

/** Shows what goes over the wire, when the user wants to see it. */
export class FramesPanel {
  private readonly panel = byId('frames', HTMLElement);
  private readonly toggle = byId('frames-toggle', HTMLButtonElement);
  private readonly texts: Texts;
  private readonly log: EventLog;
  private readonly roundTrips = new RoundTrips();

  constructor(texts: Texts) {
    this.texts = texts;
    this.log = new EventLog({
      view: byId('frames-view', HTMLElement),
      list: byId('frames-list', HTMLOListElement),
      latest: byId('frames-latest', HTMLButtonElement),
      directions: { in: texts('shell.direction.in'), out: texts('shell.direction.out') },
      limit: 300,
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
    this.log.add(describeWire(event, this.texts, this.roundTrips.follow(event)));
  }

  show(visible: boolean): void {
    this.panel.hidden = !visible;
    this.toggle.setAttribute('aria-expanded', String(visible));
    if (visible) {
      this.log.shown();
    }
  }

  /** Put a line of the page's own among those of the wire. */
  note(name: string, text: string): void {
    this.log.add({ at: new Date(), direction: 'out', kind: 'close', name, place: '', text });
  }

  private close(): void {
    this.show(false);
    this.toggle.focus();
  }
}
