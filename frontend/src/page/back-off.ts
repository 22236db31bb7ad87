const FIRST = 500;
const LONGEST = 10_000;

/**
 * How many milliseconds to wait before the next attempt.
 *
 * The waits double, and the second half of each is random: clients that lost one server do not come back at once.
 */
export function backOff(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** failures);
  return Math.round(longest / 2 + (random() * longest) / 2);
}
