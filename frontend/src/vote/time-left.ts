import type { Texts } from '../shared/texts.ts';

const SECOND = 1_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Say when a poll closes, or that it did. */
export function timeLeft(texts: Texts, closed: boolean, left: number): string {
  if (closed) {
    return texts('vote.time.closed');
  }
  return left > 0 ? texts('vote.time.left', span(texts, Math.ceil(left / SECOND))) : texts('vote.time.closing');
}

function span(texts: Texts, seconds: number): string {
  if (seconds >= DAY) {
    return texts('vote.time.days', Math.floor(seconds / DAY), Math.floor((seconds % DAY) / HOUR));
  }
  const minutes = Math.floor(seconds / 60);
  const parts = seconds >= HOUR ? [Math.floor(minutes / 60), pad(minutes % 60)] : [minutes];
  return [...parts, pad(seconds % 60)].join(':');
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
