/** Numbers of calls a month, from a thousand to a billion, and the rates that they come to. */

import { twoDigits, wholeNumber } from './number.ts';

const short = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `9,500`, `11.87 million`, `1.2 billion`. */
export function largeNumber(value: number): string {
  if (value < 999_999.5) return wholeNumber(value);
  return value < 999.995e6
    ? `${short.format(value / 1e6)} million`
    : `${short.format(value / 1e9)} billion`;
}

/** `9,500`, `11.87 M`, `1.2 B`: for a place with no room. */
export function largeNumberInShort(value: number): string {
  return largeNumber(value).replace(' million', '\u00a0M').replace(' billion', '\u00a0B');
}

/** A mark on an axis: `10 k`, `100 M`. @param value a round number ≥ 1000 */
export function largeNumberTick(value: number): string {
  return value < 1e6 ? `${wholeNumber(value / 1e3)}\u00a0k` : largeNumberInShort(value);
}

/** `0.38 a second`, `4.5 a second`, `380 a second`. */
export function rate(perSecond: number): string {
  const write = perSecond < 1 ? twoDigits : perSecond < 100 ? tenths.format : wholeNumber;
  return `${write(perSecond)} a second`;
}
