import type { ToHub, ToTab } from './messages.ts';

/** Hears from the hub of the moment. */
export interface WayListener {
  /** There is one, which knows nothing of this tab yet. */
  onHub(): void;
  onMessage(message: ToTab): void;
  /** It is gone; another will be there. */
  onLost(): void;
}

/** How a tab reaches the one that has the connection. */
export interface Way {
  /** Dropped where there is no hub. */
  post(message: ToHub): void;
  close(): void;
}
