/** How the explorer writes numbers of calls and rates: short, and always the same way. */

import { perSecond } from './comparison.ts';

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `9,500`, `11.87 million`, `1.2 billion`. */
export function calls(n: number): string {
  if (n < 999_999.5) return plain.format(n);
  return n < 999.995e6 ? `${short.format(n / 1e6)} million` : `${short.format(n / 1e9)} billion`;
}

/** `9,500`, `11.87 M`, `1.2 B`: for a place with no room. */
export function callsInShort(n: number): string {
  return calls(n).replace(' million', '\u00a0M').replace(' billion', '\u00a0B');
}

/** `10 k`, `100 M`: a mark on an axis, round already. */
export function tick(n: number): string {
  return n < 1e6 ? `${plain.format(n / 1e3)}\u00a0k` : callsInShort(n);
}

/** `0.38 a second`, `4.5 a second`, `380 a second`. */
export function rate(callsAMonth: number): string {
  const each = perSecond(callsAMonth);
  const format = each < 1 ? fine : each < 100 ? tenths : plain;
  return `${format.format(each)} a second`;
}
