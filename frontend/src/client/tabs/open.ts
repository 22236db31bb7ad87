import { ChannelWay } from './channel-way.ts';
import { randomName } from './names.ts';
import { TabLink, type TabLinkOptions } from './tab-link.ts';
import type { Way, WayListener } from './way.ts';
import { WorkerWay } from './worker-way.ts';
import type { Link, LinkListener } from '../link.ts';

export type OpenWorker = (name: string) => SharedWorker;

/** Tell whether tabs can find each other here: in pages of secure origins, with Web Locks and BroadcastChannel. */
export function canShare(): boolean {
  const isPage = typeof document !== 'undefined' && globalThis.origin !== 'null';
  return isPage && 'locks' in navigator && typeof BroadcastChannel === 'function';
}

/** Open a link over the connection that all tabs share; by one of its own where it turns out that none can be shared. */
export function openTabLink(
  options: Omit<TabLinkOptions, 'tab' | 'openWay' | 'onUnusable'>,
  openWorker: OpenWorker | undefined,
  openOwn: (listener: LinkListener) => Link,
  listener: LinkListener,
): Link {
  const tab = randomName();
  const openWay = (hears: WayListener) => wayFor(options.name, tab, openWorker, hears);
  const onUnusable = () => (link = openOwn(listener));
  let link: Link = new TabLink({ ...options, tab, openWay, onUnusable }, listener);
  return {
    send: (frame) => link.send(frame),
    ping: () => link.ping(),
    interrupt: () => link.interrupt(),
    close: () => link.close(),
  };
}

/** By a worker where there can be one; else, and where that turns out later, by one of the tabs. */
function wayFor(name: string, tab: string, openWorker: OpenWorker | undefined, listener: WayListener): Way {
  const byChannel = () => new ChannelWay(name, tab, listener);
  if (!openWorker || typeof SharedWorker !== 'function') {
    return byChannel();
  }
  try {
    let way: Way = new WorkerWay(name, openWorker, listener, () => (way = byChannel()));
    return { post: (message) => way.post(message), close: () => way.close() };
  } catch {
    return byChannel(); // The script is of another origin, or the page's policy does not let it run.
  }
}
