/** What the figure shows of a set-up: drawn by the build and by the page alike. */

import type { Markup } from '#src/components/markup.ts';
import { drawLists } from './draw.ts';
import type { ListsOutcome } from './lists-outcome.ts';
import { listsPrices, listsTable } from './table.ts';
import { listsReason, listsTotals } from './words.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const LISTS_FRAME = {
  chart: drawLists,
  totals: listsTotals,
  reason: listsReason,
  table: listsTable,
  prices: listsPrices,
} as const satisfies Record<string, (outcome: ListsOutcome) => Markup>;
