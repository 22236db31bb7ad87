import { notConnected } from '../error.ts';
import type { Frame, LinkListener } from '../link.ts';
import { SocketLink } from '../socket-link.ts';
import type { State, StateDetail, WebSocketConstructor, WireEvent } from '../types.ts';
import { whenFree } from './locks.ts';
import { pack, type HubOptions, type ToHub, type ToTab } from './messages.ts';
import { tabLock } from './names.ts';
import { Routes } from './routes.ts';
import { TabTokens } from './tab-tokens.ts';

/** The way back to a tab. */
export interface Reply {
  post(message: ToTab): void;
  close(): void;
}

interface Tab {
  reply: Reply;
  stopWatching: () => void;
}

/** Has the one connection, and shares it among tabs; it lives in a SharedWorker or in one of the tabs. */
export class Hub implements LinkListener {
  private readonly name: string;
  private readonly tabs = new Map<string, Tab>();
  private readonly tokens = new TabTokens(this.tabs);
  private link: SocketLink | undefined;
  private routes = new Routes();
  private connection = 0;
  private last: { state: State; detail: StateDetail } = { state: 'connecting', detail: {} };

  /** @param name what the tabs that share a connection call it */
  constructor(name: string) {
    this.name = name;
  }

  /** Handle what a tab says; `replyTo` gives the way back to one that joins. */
  receive(message: ToHub, replyTo: (tab: string) => Reply): void {
    switch (message.type) {
      case 'join':
        return this.join(message.tab, message.options, replyTo(message.tab));
      case 'leave':
        return this.leave(message.tab);
      case 'frame':
        return this.send(message.tab, message.connection, message.frame);
      case 'ping':
        return this.ping(message.tab, message.id);
      case 'interrupt':
        return this.link?.interrupt();
      case 'network':
        return message.lost ? this.link?.networkLost() : this.link?.networkChanged();
      case 'token':
        return this.tokens.answered(message);
    }
  }

  onState(state: State, detail: StateDetail): void {
    this.last = { state, detail };
    this.routes = new Routes();
    if (state === 'connected') {
      this.connection++;
    }
    this.tabs.forEach((tab) => this.tellState(tab.reply));
    if (state === 'closed') {
      this.link = undefined;
      this.forgetAll();
    }
  }

  onFrame(frame: Frame): void {
    const route = this.routes.in(frame);
    if (route) {
      this.tabs.get(route.tab)?.reply.post({ type: 'frame', frame: route.frame });
    }
  }

  onWire(event: WireEvent): void {
    // A tab sees for itself that there is a connection, also when it comes later.
    if (event.kind !== 'open') {
      this.tabs.forEach((tab) => tab.reply.post({ type: 'wire', event }));
    }
  }

  /** End the connection, as the one who has it goes. */
  async close(): Promise<void> {
    this.forgetAll();
    await this.link?.close();
  }

  private join(id: string, options: HubOptions, reply: Reply): void {
    this.forget(id);
    this.tabs.set(id, { reply, stopWatching: whenFree(tabLock(this.name, id), () => this.leave(id)) });
    if (this.link) {
      this.tellState(reply);
      return;
    }
    this.tokens.renewable = options.renewable;
    const webSocket = WebSocket as WebSocketConstructor;
    this.link = new SocketLink({ ...options, webSocket, tokens: this.tokens }, this);
  }

  private forget(id: string): void {
    const tab = this.tabs.get(id);
    tab?.stopWatching();
    tab?.reply.close();
    this.tabs.delete(id);
    this.tokens.left(id);
    this.routes.leave(id).forEach((frame) => this.link?.send(frame));
  }

  private forgetAll(): void {
    this.tabs.forEach(({ reply, stopWatching }) => {
      stopWatching();
      reply.close();
    });
    this.tabs.clear();
  }

  private leave(id: string): void {
    this.forget(id);
    if (this.tabs.size === 0) {
      void this.link?.close();
    }
  }

  private send(tab: string, connection: number, frame: Frame): void {
    const sent = connection === this.connection && this.tabs.has(tab) ? this.routes.out(tab, frame) : undefined;
    if (sent) {
      this.link?.send(sent);
    }
  }

  private ping(tab: string, id: number): void {
    const pong = this.link?.ping() ?? Promise.reject(notConnected());
    pong.then(
      () => this.tabs.get(tab)?.reply.post({ type: 'pong', id, lost: false }),
      () => this.tabs.get(tab)?.reply.post({ type: 'pong', id, lost: true }),
    );
  }

  private tellState(reply: Reply): void {
    const { state, detail } = this.last;
    reply.post({ type: 'state', state, detail: pack(detail), connection: this.connection });
  }
}
