/** How much memory a run may be billed with: what would change if more or less were configured. */

import { wholeNumber } from '#src/format/number.ts';

/** From the smallest that Lambda takes, over a whole vCPU (1,769 MB), to twice that. */
const OFFERED_MB: readonly number[] = [128, 256, 512, 1024, 1769, 3538];

/** A size of memory in MB (10^6 bytes), and its text in the choice. */
export interface Size {
  readonly mb: number;
  readonly text: string;
}

/** @param configuredMb what the function has here; it is among them and says so */
export function sizesAround(configuredMb: number): Size[] {
  const all = [...new Set([...OFFERED_MB, configuredMb])].toSorted((a, b) => a - b);
  return all.map((mb) => ({
    mb,
    text: `${wholeNumber(mb)} MB${mb === configuredMb ? ', as configured' : ''}`,
  }));
}
