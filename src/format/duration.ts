/** Spans of time. */

import { atMostDecimals, wholeNumber, withTenths } from './number.ts';

const hundredths = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** A measured duration with the digits that matter at its size: `0.4 ms`, `31 ms`, `1.25 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${withTenths(ms)} ms`;
  if (ms < 999.5) return `${wholeNumber(ms)} ms`;
  if (ms < 59_995) return `${hundredths.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${wholeNumber(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** As `duration`, or a dash when there is none to write. */
export function durationOrDash(ms: number | null): string {
  return ms === null ? '—' : duration(ms);
}

/** A round moment on a time axis: `0.5 ms`, `250 ms`, `1.5 s`. */
export function axisTime(ms: number): string {
  return ms < 1000 ? `${atMostDecimals(ms, 1)} ms` : `${atMostDecimals(ms / 1000, 3)} s`;
}

/** A round setting: `30 s`, `15 min`, `1 h`. @param s a whole number of seconds, minutes or hours */
export function roundDuration(s: number): string {
  if (s < 60) return `${s} s`;
  return s < 3600 ? `${s / 60} min` : `${s / 3600} h`;
}

/** Time left, in whole seconds, never below zero: `3 s`. */
export function countdown(ms: number): string {
  return `${Math.max(0, Math.ceil(ms / 1000))} s`;
}
