import { Hub, type Reply } from './hub.ts';
import { hold, whenFree } from './locks.ts';
import type { ToHub, ToTab } from './messages.ts';
import { hubLock, leaderLock, randomName, tabLock } from './names.ts';
import type { Way, WayListener } from './way.ts';

/** What all tabs hear: one asks who has the hub, the leader says so. */
type Call = { hub: string | undefined };

/** What a hub says to a tab, on that tab's own channel, so that no other has to read it. */
interface Down {
  hub: string;
  message: ToTab;
}

/**
 * To a hub in one of the tabs, the leader.
 *
 * Each tab waits for the leader's lock. Whoever gets it, as the tab that had it is gone, makes a hub and says so; the
 * others then know that what they had with the last one is over. The leader talks to its own hub as the others do.
 */
export class ChannelWay implements Way {
  private readonly name: string;
  private readonly listener: WayListener;
  private readonly calls: BroadcastChannel;
  private readonly down: BroadcastChannel;
  private readonly leaving = new AbortController();
  private up: BroadcastChannel | undefined;
  private hub: string | undefined;
  private stopWatching = () => {};

  constructor(name: string, tab: string, listener: WayListener) {
    this.name = name;
    this.listener = listener;
    this.down = new BroadcastChannel(tabLock(name, tab));
    this.down.onmessage = ({ data }: MessageEvent<Down>) => data.hub === this.hub && listener.onMessage(data.message);
    this.calls = new BroadcastChannel(name);
    this.calls.onmessage = ({ data }: MessageEvent<Call>) => this.called(data.hub);
    this.calls.postMessage({ hub: undefined } satisfies Call);
    navigator.locks
      .request(leaderLock(name), { signal: this.leaving.signal }, () => lead(name, this.leaving.signal))
      .catch(() => {}); // Left before it was this tab's turn.
  }

  post(message: ToHub): void {
    this.up?.postMessage(message);
  }

  close(): void {
    this.leaving.abort();
    this.stopWatching();
    this.up?.close();
    this.down.close();
    this.calls.close();
  }

  private called(hub: string | undefined): void {
    if (hub !== undefined && hub !== this.hub) {
      this.lost();
      this.hub = hub;
      this.up = new BroadcastChannel(hubLock(this.name, hub));
      this.stopWatching = whenFree(hubLock(this.name, hub), () => this.lost());
      this.listener.onHub();
    }
  }

  private lost(): void {
    if (this.hub !== undefined) {
      this.stopWatching();
      this.up?.close();
      this.up = undefined;
      this.hub = undefined;
      this.listener.onLost();
    }
  }
}

/** Have the hub until this tab leaves; the leader's lock is held that long. */
async function lead(name: string, leaving: AbortSignal): Promise<void> {
  const id = randomName();
  const release = await hold(hubLock(name, id));
  const hub = new Hub(name);
  const up = new BroadcastChannel(hubLock(name, id));
  up.onmessage = ({ data }: MessageEvent<ToHub>) => hub.receive(data, (tab) => replyTo(name, tab, id));
  const calls = new BroadcastChannel(name);
  calls.onmessage = ({ data }: MessageEvent<Call>) => data.hub === undefined && calls.postMessage({ hub: id });
  calls.postMessage({ hub: id } satisfies Call);
  await aborted(leaving);
  calls.close();
  up.close();
  release();
  void hub.close();
}

function replyTo(name: string, tab: string, hub: string): Reply {
  const down = new BroadcastChannel(tabLock(name, tab));
  return {
    post: (message) => down.postMessage({ hub, message } satisfies Down),
    close: () => down.close(),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
}
