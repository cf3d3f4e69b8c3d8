/** What the figure shows of a set-up: drawn by the build and by the page alike. */

import type { Markup } from '#src/components/markup.ts';
import type { CostComparison } from './comparison.ts';
import { drawBreakEven } from './draw.ts';
import { breakEvenTable, bothBills, providersTable } from './table.ts';
import { costVerdict, costWorking } from './words.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const BREAK_EVEN_FRAME = {
  chart: drawBreakEven,
  verdict: costVerdict,
  working: costWorking,
  everyone: providersTable,
  table: breakEvenTable,
  prices: bothBills,
} as const satisfies Record<string, (comparison: CostComparison) => Markup>;
