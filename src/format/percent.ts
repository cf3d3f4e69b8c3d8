/** Shares of a whole. */

import { twoDigits } from './number.ts';

/** A share from 0 to 1: `0.02 %`, `4.2 %`, `100 %`. Never 0 or 100 unless it is. */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  if (share > 0.9995 && share < 1) return '> 99.9 %';
  if (share < 0.0001) return '< 0.01 %';
  return `${twoDigits(100 * share)} %`;
}

/** As `percent`, or a dash when there is nothing to take a share of. */
export function percentOrDash(share: number | null): string {
  return share === null ? '—' : percent(share);
}
