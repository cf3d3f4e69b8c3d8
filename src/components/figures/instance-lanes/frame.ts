/** What the figure shows of a timeline: drawn by the build and by the page alike. */

import type { TimelineView } from '#faas/core/trace/timeline-view.ts';
import { drawLanes } from './draw.ts';
import { lanesOf } from './lanes.ts';
import { lanesTable } from './table.ts';

/** HTML of the figure's parts, by their names. */
export type LanesFrame = Readonly<Record<'drawing' | 'table', string>>;

/**
 * @param since drawing starts here, in ms since the Unix epoch; null: at the first event
 * @param id unique on the page: patterns of the drawing are found by it
 */
export function frameOfLanes(view: TimelineView, since: number | null, id: string): LanesFrame {
  const lanes = lanesOf(view, since);
  return { drawing: String(drawLanes(lanes, id)), table: String(lanesTable(lanes)) };
}
