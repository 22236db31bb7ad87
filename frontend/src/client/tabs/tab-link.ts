import { notConnected } from '../error.ts';
import type { Frame, Link, LinkListener } from '../link.ts';
import { watchNetwork } from '../network.ts';
import type { Tokens } from '../tokens.ts';
import type { State } from '../types.ts';
import { LOST } from '../socket.ts';
import { hold } from './locks.ts';
import { unpack, type HubOptions, type ToHub, type ToTab } from './messages.ts';
import { tabLock } from './names.ts';
import type { Way, WayListener } from './way.ts';

/** How long the hub has to say whether there is an answer. One in a tab that is frozen says nothing. */
const PATIENCE = 10_000;

type WithoutTab<T> = T extends unknown ? Omit<T, 'tab'> : never;

export interface TabLinkOptions extends Omit<HubOptions, 'renewable'> {
  /** What the tabs that share the connection call it. */
  name: string;
  /** This tab, among them. */
  tab: string;
  tokens: Tokens;
  openWay: (listener: WayListener) => Way;
  /** Called when tabs cannot share here, at most once; this link is of no use then. */
  onUnusable: () => void;
}

/** A link over the connection that tabs share. Who has it may change; to the client that is a connection that was lost. */
export class TabLink implements Link, WayListener {
  private readonly options: TabLinkOptions;
  private readonly listener: LinkListener;
  private readonly stopWatching: () => void;
  private way: Way | undefined;
  private release = () => {};
  private state: State = 'connecting';
  private wasConnected = false;
  private connection = 0;
  private readonly pings = new Map<number, (lost: boolean) => void>();
  private pingCount = 0;

  constructor(options: TabLinkOptions, listener: LinkListener) {
    this.options = options;
    this.listener = listener;
    this.stopWatching = watchNetwork({
      onChange: () => this.post({ type: 'network', lost: false }),
      onOffline: () => this.post({ type: 'network', lost: true }),
    });
    void this.start();
  }

  send(frame: Frame): void {
    this.post({ type: 'frame', connection: this.connection, frame });
  }

  ping(): Promise<number> {
    if (this.state !== 'connected') {
      return Promise.reject(notConnected());
    }
    const begun = performance.now();
    const id = ++this.pingCount;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.pings.get(id)?.(true), PATIENCE);
      this.pings.set(id, (lost) => {
        clearTimeout(timer);
        this.pings.delete(id);
        return lost ? reject(notConnected()) : resolve(performance.now() - begun);
      });
      this.post({ type: 'ping', id });
    });
  }

  interrupt(): void {
    this.post({ type: 'interrupt' });
  }

  async close(): Promise<void> {
    if (this.state !== 'closed') {
      this.post({ type: 'leave' });
      this.tell('closed', {});
      this.end();
    }
  }

  onHub(): void {
    const { url, headers, heartbeat, connectTimeout, waits, tokens } = this.options;
    const options = { url, headers, heartbeat, connectTimeout, waits, renewable: tokens.renewable };
    this.post({ type: 'join', options });
  }

  onLost(): void {
    this.pings.forEach((answered) => answered(true));
    const gone = { code: LOST, reason: 'handed-over' };
    if (this.state === 'connected') {
      this.listener.onWire({ at: Date.now(), kind: 'close', ...gone });
    }
    if (this.state !== 'closed') {
      this.tell(this.wasConnected ? 'recovering' : 'connecting', gone);
    }
  }

  onMessage(message: ToTab): void {
    if (this.state === 'closed') {
      return;
    }
    switch (message.type) {
      case 'state':
        return this.stateChanged(message);
      case 'frame':
        return this.listener.onFrame(message.frame);
      case 'wire':
        return this.listener.onWire(message.event);
      case 'pong':
        return this.pings.get(message.id)?.(message.lost);
      case 'token':
        return void this.giveToken(message);
    }
  }

  private stateChanged({ state, detail, connection }: Extract<ToTab, { type: 'state' }>): void {
    this.connection = connection;
    if (state === 'connected') {
      this.listener.onWire({ at: Date.now(), kind: 'open', session: detail.session ?? '' });
    }
    this.tell(state, unpack(detail));
    if (state === 'closed') {
      this.end();
    }
  }

  private async start(): Promise<void> {
    const { name, tab, openWay, onUnusable } = this.options;
    try {
      this.release = await hold(tabLock(name, tab));
      if (this.state === 'closed') {
        this.release();
        return;
      }
      this.tell('connecting', {});
      this.way = openWay(this);
    } catch {
      // Locks and channels are refused where the browser keeps pages from storing anything.
      this.release();
      if (this.state !== 'closed') {
        this.stopWatching();
        onUnusable();
      }
    }
  }

  private end(): void {
    this.stopWatching();
    this.pings.forEach((answered) => answered(true));
    this.way?.close();
    this.release();
  }

  private async giveToken({ id, reason }: Extract<ToTab, { type: 'token' }>): Promise<void> {
    try {
      this.post({ type: 'token', id, token: await this.options.tokens.get(reason) });
    } catch (failure) {
      this.post({ type: 'token', id, failure: failure instanceof Error ? failure.message : String(failure) });
    }
  }

  private tell(state: State, detail: Parameters<LinkListener['onState']>[1]): void {
    this.state = state;
    this.wasConnected ||= state === 'connected';
    this.listener.onState(state, detail);
  }

  private post(message: WithoutTab<ToHub>): void {
    this.way?.post({ tab: this.options.tab, ...message });
  }
}
