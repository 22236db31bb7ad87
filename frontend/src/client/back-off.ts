export interface Waits {
  /** Milliseconds: the wait after one failure, and the longest after many. */
  first: number;
  longest: number;
}

/**
 * How many milliseconds to wait before the next attempt.
 *
 * The waits double, and the second half of each is random: clients that lost one server do not come back at once. A
 * server that names a time is taken at its word, an hour at most, and its clients still come one after the other.
 *
 * @param failures attempts that failed since the last connection that held
 * @param retryAfter seconds that the server asks for
 */
export function backOff(
  { first, longest }: Waits,
  failures: number,
  retryAfter?: number,
  random: () => number = Math.random,
): number {
  const wait = Math.min(longest, first * 2 ** Math.min(failures, 30));
  const own = wait / 2 + (random() * wait) / 2;
  if (retryAfter === undefined) {
    return Math.round(own);
  }
  const asked = Math.min(retryAfter, 3600) * 1000;
  const spread = random() * Math.max(250, asked / 4);
  // A server that goes on asking for a moment, attempt after attempt, is left alone for longer each time.
  return Math.round(failures === 0 ? asked + spread : Math.max(asked * 1.1 + spread, own));
}
