import { whenFree } from './locks.ts';
import { VERSION, type ToHub, type ToTab } from './messages.ts';
import { hubLock } from './names.ts';
import type { Way, WayListener } from './way.ts';

/** How long a worker has to say that it is there, until this is done without one. */
const PATIENCE = 5_000;

/** What the worker says first. */
interface Hello {
  hub: string;
  version: number;
}

/** To a hub in a SharedWorker. */
export class WorkerWay implements Way {
  private readonly name: string;
  private readonly open: (name: string) => SharedWorker;
  private readonly listener: WayListener;
  private readonly onUnusable: () => void;
  private port: MessagePort | undefined;
  private stopWatching = () => {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onUnusable called when there can be no such worker, at most once */
  constructor(name: string, open: (name: string) => SharedWorker, listener: WayListener, onUnusable: () => void) {
    this.name = name;
    this.open = open;
    this.listener = listener;
    this.onUnusable = onUnusable;
    this.start();
  }

  post(message: ToHub): void {
    this.port?.postMessage(message);
  }

  close(): void {
    clearTimeout(this.timer);
    this.stopWatching();
    this.port?.close();
    this.port = undefined;
  }

  private start(): void {
    const worker = this.open(this.name);
    worker.onerror = () => this.giveUp();
    this.timer = setTimeout(() => this.giveUp(), PATIENCE);
    this.port = worker.port;
    this.port.onmessage = ({ data }: MessageEvent<ToTab | Hello>) => {
      if ('hub' in data) {
        this.greeted(data);
      } else {
        this.listener.onMessage(data);
      }
    };
  }

  private greeted({ hub, version }: Hello): void {
    if (version !== VERSION) {
      this.giveUp(); // An old script from a cache.
      return;
    }
    clearTimeout(this.timer);
    this.stopWatching = whenFree(hubLock(this.name, hub), () => {
      this.close();
      this.listener.onLost();
      this.start();
    });
    this.listener.onHub();
  }

  private giveUp(): void {
    this.close();
    this.onUnusable();
  }
}
