/** What the figure shows of a set-up: drawn by the build and by the page alike. */

import type { Markup } from '#src/components/markup.ts';
import { drawFlow } from './draw.ts';
import type { Flow } from './flow.ts';
import { flowCounts, flowTable } from './table.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const FLOW_FRAME = {
  chart: drawFlow,
  counts: flowCounts,
  table: flowTable,
} as const satisfies Record<string, (flow: Flow) => Markup>;
