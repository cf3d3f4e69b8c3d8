/** What the figure shows of a run at one of its ticks: drawn by the build and by the page alike. */

import type { Markup } from '#src/components/markup.ts';
import { drawTicks } from './draw.ts';
import type { KpaMoment } from './run.ts';
import { tickSums, ticksOutcome, ticksTable } from './table.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const TICK_FRAME = {
  chart: drawTicks,
  sums: tickSums,
  outcome: ticksOutcome,
  table: ticksTable,
} as const satisfies Record<string, (moment: KpaMoment) => Markup>;
