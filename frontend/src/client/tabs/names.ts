import { VERSION } from './messages.ts';

/** What tabs that share a connection call it. */
export function nameOf(url: string): string {
  return `fanfare/${VERSION}/${url}`;
}

/** Held by a tab as long as it uses the connection. */
export function tabLock(name: string, tab: string): string {
  return `${name}#tab-${tab}`;
}

/** Held by the hub as long as it lives. */
export function hubLock(name: string, hub: string): string {
  return `${name}#hub-${hub}`;
}

/** Held by the tab that may have a hub. */
export function leaderLock(name: string): string {
  return `${name}#leader`;
}

export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
