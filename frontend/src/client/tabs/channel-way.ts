import { Hub } from './hub.ts';
import { hold, whenFree } from './locks.ts';
import type { ToHub, ToTab } from './messages.ts';
import { hubLock, leaderLock, randomName } from './names.ts';
import type { Way, WayListener } from './way.ts';

/** What passes between tabs. */
type Post =
  | { type: 'who' }
  | { type: 'hub'; hub: string }
  | { type: 'up'; hub: string; message: ToHub }
  | { type: 'down'; hub: string; tab: string; message: ToTab };

/**
 * To a hub in one of the tabs, the leader.
 *
 * Each tab waits for the leader's lock. Whoever gets it, as the tab that had it is gone, makes a hub and says so; the
 * others then know that what they had with the last one is over. The leader talks to its own hub as the others do.
 */
export class ChannelWay implements Way {
  private readonly name: string;
  private readonly tab: string;
  private readonly listener: WayListener;
  private readonly channel: BroadcastChannel;
  private readonly leaving = new AbortController();
  private hub: string | undefined;
  private stopWatching = () => {};

  constructor(name: string, tab: string, listener: WayListener) {
    this.name = name;
    this.tab = tab;
    this.listener = listener;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Post>) => this.received(data);
    this.channel.postMessage({ type: 'who' } satisfies Post);
    navigator.locks.request(leaderLock(name), { signal: this.leaving.signal }, () => this.lead()).catch(() => {}); // Left before it was this tab's turn.
  }

  post(message: ToHub): void {
    if (this.hub !== undefined) {
      this.channel.postMessage({ type: 'up', hub: this.hub, message } satisfies Post);
    }
  }

  close(): void {
    this.leaving.abort();
    this.stopWatching();
    this.channel.close();
  }

  private received(post: Post): void {
    if (post.type === 'hub' && post.hub !== this.hub) {
      this.follow(post.hub);
    } else if (post.type === 'down' && post.hub === this.hub && post.tab === this.tab) {
      this.listener.onMessage(post.message);
    }
  }

  private follow(hub: string): void {
    this.lost();
    this.hub = hub;
    this.stopWatching = whenFree(hubLock(this.name, hub), () => this.lost());
    this.listener.onHub();
  }

  private lost(): void {
    if (this.hub !== undefined) {
      this.stopWatching();
      this.hub = undefined;
      this.listener.onLost();
    }
  }

  /** Have the hub until this tab leaves; holds the leader's lock that long. */
  private async lead(): Promise<void> {
    const id = randomName();
    const release = await hold(hubLock(this.name, id));
    const channel = new BroadcastChannel(this.name);
    const hub = new Hub(this.name);
    const announce = () => channel.postMessage({ type: 'hub', hub: id } satisfies Post);
    channel.onmessage = ({ data }: MessageEvent<Post>) => {
      if (data.type === 'who') {
        announce();
      } else if (data.type === 'up' && data.hub === id) {
        const { tab } = data.message;
        const down = (message: ToTab) => channel.postMessage({ type: 'down', hub: id, tab, message } satisfies Post);
        hub.receive(data.message, down);
      }
    };
    announce();
    await aborted(this.leaving.signal);
    void hub.close();
    channel.close();
    release();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
}
