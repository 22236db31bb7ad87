/**
 * Hold a lock for as long as a tab or worker lives: that it is free again is how others learn that it is gone, however
 * it went.
 *
 * @returns what gives it back, once it is held
 */
export function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, () => new Promise<void>((release) => resolve(release)));
    held.catch(reject);
  });
}

/**
 * Call back when nobody holds the lock any more.
 *
 * @returns what stops waiting
 */
export function whenFree(name: string, free: () => void): () => void {
  const stop = new AbortController();
  // Shared, so that all who wait hear of it at once. Who stops as the lock is given is called all the same.
  navigator.locks
    .request(name, { mode: 'shared', signal: stop.signal }, () => stop.signal.aborted || free())
    .catch(() => {}); // Aborted: nobody waits.
  return () => stop.abort();
}
