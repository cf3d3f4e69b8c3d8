/** All that the figure shows of its starts: drawn by the build and by the page alike. */

import { drawStarts, startsSummary } from './draw.ts';
import type { RowChoice } from './setup.ts';
import { measuredStrips, ownStrips, type StartsOfKind } from './strips.ts';
import { measuredTable, ownTable } from './table.ts';

/** HTML of the figure's parts, and what they show in a sentence. */
export interface StartsFrame {
  readonly html: Readonly<Record<'drawing' | 'own' | 'measured', string>>;
  readonly said: string;
}

/** @param own of the build's recording, or the reader's own */
export function frameOfStarts(own: readonly StartsOfKind[], choice: RowChoice): StartsFrame {
  const [yours, theirs] = [ownStrips(own), measuredStrips(choice)];
  return {
    html: {
      drawing: String(drawStarts(yours, theirs)),
      own: String(ownTable(own)),
      measured: String(measuredTable(choice)),
    },
    said: startsSummary(yours, theirs),
  };
}
