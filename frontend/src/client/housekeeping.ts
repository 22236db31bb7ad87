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

/**
 * What a connection needs for itself: to hear of refusals that do not end it, to be told when its token ends and to send
 * a new one, to be asked whether it is still there.
 */
export class Housekeeping {
  private readonly tokens: Tokens;
  private readonly send: (frame: Frame) => void;
  /** Receipts that were asked for; cleared with each connection, and each within {@link PATIENCE} or the token's end. */
  private readonly answers = new Map<string, (refused: boolean) => void>();
  private count = 0;
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
    clearTimeout(this.timer);
    this.answers.forEach((answered) => answered(true));
    this.answers.clear();
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
      this.answers.get(receipt)?.(command !== 'RECEIPT');
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
      void this.refresh(readExpiry(frame));
    }
    return passedOn;
  }

  private subscribe(destination: string): void {
    this.send({ command: 'SUBSCRIBE', headers: { id: OWN + destination, destination } });
  }

  private measure(): Promise<number> {
    const begun = performance.now();
    const id = `${OWN}ping-${++this.count}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.answers.get(id)?.(true), PATIENCE);
      this.answers.set(id, (failed) => {
        clearTimeout(timer);
        this.answers.delete(id);
        if (failed) {
          reject(new Error('No answer'));
        } else {
          resolve(performance.now() - begun);
        }
      });
      this.send({ command: 'SUBSCRIBE', headers: { id, destination: PING, receipt: id } });
      this.send({ command: 'UNSUBSCRIBE', headers: { id } });
    });
  }

  /** Have the connection go on with a new token, until that has worked or the old one has ended. */
  private async refresh(expires: number): Promise<void> {
    try {
      const token = await this.tokens.get('expiring');
      const receipt = `${OWN}token-${++this.count}`;
      const headers = { destination: REFRESH, Authorization: `Bearer ${token ?? ''}`, receipt };
      this.answers.set(receipt, (refused) => refused && this.refreshLater(expires));
      this.send({ command: 'SEND', headers });
    } catch {
      this.refreshLater(expires);
    }
  }

  private refreshLater(expires: number): void {
    clearTimeout(this.timer);
    if (Date.now() + ANOTHER_TRY < expires) {
      this.timer = setTimeout(() => void this.refresh(expires), ANOTHER_TRY);
    }
  }
}

function readExpiry({ body }: Frame): number {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return (JSON.parse(text) as { expires: number }).expires;
}
