import { notConnected } from './error.ts';
import type { Frame } from './link.ts';
import type { Tokens } from './tokens.ts';

const OWN = 'fanfare-';
const ERRORS = '/user/queue/errors';
const SESSION = '/user/queue/session';
const REFRESH = '/app/session/refresh';
const PING = '/user/queue/ping';
/** How long an answer may take until the connection counts as lost. */
const PATIENCE = 5_000;
/** How long to wait before a token provider that failed, or whose token was refused, is asked again. */
const ANOTHER_TRY = 5_000;

/** What became of a receipt that was asked for; `none` if the connection ended before, or it took too long. */
type Answer = 'done' | 'refused' | 'none';

/**
 * What a connection needs for itself: to hear of refusals that do not end it, to be told when its token ends and to send
 * a new one, to be asked whether it is still there.
 */
export class Housekeeping {
  private readonly tokens: Tokens;
  private readonly send: (frame: Frame) => void;
  /** Receipts that were asked for; cleared with each connection, and each within {@link PATIENCE} or the token's end. */
  private readonly answers = new Map<string, (answer: Answer) => void>();
  private count = 0;
  /** When the token of this connection ends, once the server has said so. */
  private expires = 0;
  private pinging: Promise<number> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tokens: Tokens, send: (frame: Frame) => void) {
    this.tokens = tokens;
    this.send = send;
  }

  begin(): void {
    this.subscribe(ERRORS);
    if (this.tokens.renewable) {
      this.subscribe(SESSION);
    }
  }

  end(): void {
    this.answers.forEach((answered) => answered('none'));
    this.answers.clear();
    this.expires = 0;
    clearTimeout(this.timer);
  }

  /** Measure the way to the server and back, in milliseconds; rejects if it is too long. Asked twice, it goes once. */
  ping(): Promise<number> {
    this.pinging ??= this.measure().finally(() => (this.pinging = undefined));
    return this.pinging;
  }

  /** Keep what is meant for this, and pass on the rest: a refusal as the ERROR it would have been. */
  sort(frame: Frame): Frame[] {
    const { command, headers } = frame;
    const receipt = headers['receipt-id'];
    if (receipt?.startsWith(OWN)) {
      this.answers.get(receipt)?.(command === 'RECEIPT' ? 'done' : 'refused');
      this.answers.delete(receipt);
      return [];
    }
    const isOwn = headers['subscription']?.startsWith(OWN) ?? false;
    const passedOn = isOwn ? [] : [frame];
    if (headers['destination'] === ERRORS && command === 'MESSAGE') {
      // The server writes to one subscription of that name, be it this one or the application's.
      return receipt === undefined && !isOwn ? passedOn : [{ ...frame, command: 'ERROR' }, ...passedOn];
    }
    if (headers['subscription'] === OWN + SESSION) {
      this.noticed(frame);
    }
    return passedOn;
  }

  private noticed({ body }: Frame): void {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const { type, expires } = JSON.parse(text) as { type?: string; expires?: number };
    if (type === 'token-expires') {
      this.expires = expires ?? 0;
      void this.refresh();
    }
  }

  private subscribe(destination: string): void {
    this.send({ command: 'SUBSCRIBE', headers: { id: OWN + destination, destination } });
  }

  private measure(): Promise<number> {
    const begun = performance.now();
    const id = `${OWN}ping-${++this.count}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.answers.get(id)?.('none'), PATIENCE);
      this.answers.set(id, (answer) => {
        clearTimeout(timer);
        this.answers.delete(id);
        // A server that refuses it is there as well.
        if (answer === 'none') {
          reject(notConnected());
        } else {
          resolve(performance.now() - begun);
        }
      });
      this.send({ command: 'SUBSCRIBE', headers: { id, destination: PING, receipt: id } });
      this.send({ command: 'UNSUBSCRIBE', headers: { id } });
    });
  }

  /** Have the connection go on with a new token, until that has worked or the old one has ended. */
  private async refresh(): Promise<void> {
    try {
      const token = await this.tokens.get('expiring');
      const receipt = `${OWN}token-${++this.count}`;
      const headers = { destination: REFRESH, Authorization: `Bearer ${token ?? ''}`, receipt };
      this.answers.set(receipt, (answer) => answer === 'refused' && this.refreshLater());
      this.send({ command: 'SEND', headers });
    } catch {
      this.refreshLater();
    }
  }

  private refreshLater(): void {
    clearTimeout(this.timer);
    if (Date.now() + ANOTHER_TRY < this.expires) {
      this.timer = setTimeout(() => void this.refresh(), ANOTHER_TRY);
    }
  }
}
