/** Amounts of memory. */

import { wholeNumber, withTenths } from './number.ts';

/** `15.5 MB`, `256 MB`: of 10^6 bytes, with a tenth below a hundred. */
export function megabytes(mb: number): string {
  return `${mb < 100 ? withTenths(mb) : wholeNumber(mb)} MB`;
}
