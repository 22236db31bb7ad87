const FIRST = 500;
const LONGEST = 10_000;

/**
 * How many milliseconds to wait before asking again for what was refused for a time.
 *
 * It is never less than the server asks for, an hour at most, and a random part more, as those who were refused
 * together must not come back together; the more refusals, the more.
 *
 * @param failures refusals before this one
 * @param retryAfter seconds that the server asks for
 */
export function backOff(failures: number, retryAfter = 0, random: () => number = Math.random): number {
  const own = Math.min(LONGEST, FIRST * 2 ** failures);
  return Math.round(Math.min(retryAfter, 3600) * 1000 + own / 2 + (random() * own) / 2);
}
