/** What the surroundings of a page or worker tell of its network. */
export interface NetworkListener {
  /** The network is back, the page is looked at again, or it is another network: what is connected may be so no more. */
  onChange(): void;
  /** There is no network, says the browser, which a server on this machine would not mind. */
  onOffline(): void;
}

interface Source {
  addEventListener(event: string, listener: () => void): void;
  removeEventListener(event: string, listener: () => void): void;
}

/**
 * Listen, where there is something that tells; in Node there is not.
 *
 * @returns what stops that
 */
export function watchNetwork({ onChange, onOffline }: NetworkListener): () => void {
  const whenVisible = () => {
    if (document.visibilityState === 'visible') {
      onChange();
    }
  };
  const watched: [Source | undefined, string, () => void][] = [
    [surroundings(), 'online', onChange],
    [surroundings(), 'offline', onOffline],
    [surroundings(), 'pageshow', onChange],
    [typeof document === 'undefined' ? undefined : document, 'visibilitychange', whenVisible],
    [connection(), 'change', onChange],
  ];
  watched.forEach(([source, event, listener]) => source?.addEventListener(event, listener));
  return () => watched.forEach(([source, event, listener]) => source?.removeEventListener(event, listener));
}

/** Tell whether the browser says that there is no network; nobody else says so. */
export function isOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false;
}

/** A page, or a worker. */
function surroundings(): Source | undefined {
  return typeof globalThis.addEventListener === 'function' ? globalThis : undefined;
}

/** Not every browser has it. */
function connection(): Source | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator as { connection?: Source }).connection;
}
