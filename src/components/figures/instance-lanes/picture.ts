/** A timeline as the picture and as the table beside it. */

import type { TimelineView } from '#faas/core/trace/timeline-view.ts';
import { drawLanes } from './drawing.ts';
import { lanesOf } from './lanes.ts';
import { tableOf } from './table.ts';

export interface Picture {
  readonly svg: string;
  readonly table: string;
}

/**
 * @param since drawing starts here; null: at the first event
 * @param id unique on the page
 */
export function picture(view: TimelineView, since: number | null, id: string): Picture {
  const lanes = lanesOf(view, since);
  return { svg: String(drawLanes(lanes, id)), table: String(tableOf(lanes)) };
}
