import { afterEach, expect, test, vi } from 'vitest';
import { whenFree } from './locks.ts';

/** Grants a lock when the test has it do so, as a browser may when nobody waits any more. */
function lockManager(): { grant: () => void } {
  const manager = { grant: () => {} };
  const request = (_name: string, _options: LockOptions, granted: () => void) =>
    new Promise<void>((resolve) => (manager.grant = () => resolve(granted())));
  vi.stubGlobal('navigator', { locks: { request } });
  return manager;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('who waits is called when the lock is free', () => {
  const free = vi.fn();
  const locks = lockManager();
  whenFree('hub', free);

  locks.grant();

  expect(free).toHaveBeenCalledOnce();
});

test('who has stopped waiting is not called, though the lock was being given already', () => {
  const free = vi.fn();
  const locks = lockManager();
  const stop = whenFree('hub', free);

  stop();
  locks.grant();

  expect(free).not.toHaveBeenCalled();
});
