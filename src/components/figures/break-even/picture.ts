/** All that the explorer shows of a state, drawn alike by the server and in the page. */

import type { Markup } from '#src/components/markup.ts';
import { drawChart } from './chart.ts';
import type { Comparison } from './comparison.ts';
import { everyone, prices, tableOf } from './tables.ts';
import { verdict, working } from './words.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const DRAWN = {
  chart: drawChart,
  verdict,
  working,
  everyone,
  table: tableOf,
  prices,
} as const satisfies Record<string, (comparison: Comparison) => Markup>;

export type Drawn = keyof typeof DRAWN;
export const DRAWN_PARTS = Object.keys(DRAWN) as Drawn[];
