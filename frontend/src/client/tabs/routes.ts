import { freeId } from '../free-id.ts';
import type { Frame } from '../link.ts';
import type { Headers } from '../types.ts';

interface Route {
  tab: string;
  /** What the tab calls it. */
  id: string;
}

interface Awaited extends Route {
  /** The subscription, as it is called on the wire, that it is about. */
  begins?: string | undefined;
  ends?: string | undefined;
}

/**
 * Which tab a subscription or a receipt belongs to, for one connection: tabs choose their ids without knowing each other,
 * on the wire they differ.
 *
 * As large as what the tabs have subscribed to and wait for.
 */
export class Routes {
  private readonly subscriptions = new Map<string, Route>();
  private readonly receipts = new Map<string, Awaited>();
  private count = 0;

  /** Give a tab's frame the ids it has on the wire; `undefined` if it ends what is not there. */
  out(tab: string, frame: Frame): Frame | undefined {
    const headers = { ...frame.headers };
    let begins: string | undefined;
    let ends: string | undefined;
    if (frame.command === 'SUBSCRIBE') {
      begins = this.subscribe(tab, headers['id'] ?? '');
      headers['id'] = begins;
    } else if (frame.command === 'UNSUBSCRIBE') {
      ends = this.find(tab, headers['id'] ?? '');
      if (ends === undefined) {
        return undefined;
      }
      headers['id'] = ends;
    }
    if (headers['receipt'] !== undefined) {
      headers['receipt'] = this.await({ tab, id: headers['receipt'], begins, ends });
    }
    return { ...frame, headers };
  }

  /** Find whom a frame of the server is for, with the ids as that tab knows them. */
  in(frame: Frame): { tab: string; frame: Frame } | undefined {
    const { command, headers } = frame;
    if (command === 'MESSAGE') {
      const route = this.subscriptions.get(headers['subscription'] ?? '');
      return route && as(route, frame, { subscription: route.id });
    }
    const receipt = headers['receipt-id'] ?? '';
    const route = this.receipts.get(receipt);
    this.receipts.delete(receipt);
    const over = route?.ends ?? (isRefusedForGood(frame) ? route?.begins : undefined);
    // After a refusal the id may be another tab's by the time the answer to UNSUBSCRIBE comes.
    if (over !== undefined && this.subscriptions.get(over)?.tab === route?.tab) {
      this.subscriptions.delete(over);
    }
    return route && as(route, frame, { 'receipt-id': route.id });
  }

  /** Return the frames that end all that a tab has. */
  leave(tab: string): Frame[] {
    return [...this.subscriptions]
      .filter(([, route]) => route.tab === tab)
      .map(([id, route]) => {
        const receipt = this.await({ tab, id: route.id, ends: id });
        return { command: 'UNSUBSCRIBE', headers: { id, receipt } };
      });
  }

  private subscribe(tab: string, id: string): string {
    // One that was refused is asked for again under its id.
    const known = this.find(tab, id);
    const unique = known ?? freeId(id.replace(/#\d+$/, ''), (each) => this.subscriptions.has(each));
    this.subscriptions.set(unique, { tab, id });
    return unique;
  }

  private find(tab: string, id: string): string | undefined {
    for (const [unique, route] of this.subscriptions) {
      if (route.tab === tab && route.id === id) {
        return unique;
      }
    }
    return undefined;
  }

  private await(route: Awaited): string {
    const receipt = `${++this.count}`;
    this.receipts.set(receipt, route);
    return receipt;
  }
}

function isRefusedForGood({ command, headers }: Frame): boolean {
  return command === 'ERROR' && headers['retry-after'] === undefined;
}

function as({ tab }: Route, frame: Frame, ids: Headers): { tab: string; frame: Frame } {
  return { tab, frame: { ...frame, headers: { ...frame.headers, ...ids } } };
}
