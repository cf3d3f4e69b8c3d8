/**
 * Which demos of a page have been recorded, so that a figure below can draw the same run. A page is
 * known by its request, which lives as long as its rendering.
 */

import type { Unrecorded } from './demo-recording.ts';
import type { Recording } from './record.ts';

export type Kept = Promise<Recording | Unrecorded>;

const pages = new WeakMap<Request, Map<string, Kept>>();

export function keepRecording(page: Request, id: string, recording: Kept): void {
  const demos = pages.get(page) ?? new Map<string, Kept>();
  pages.set(page, demos.set(id, recording));
}

/** Undefined when no demo above on the page has that id. */
export function recordingOf(page: Request, id: string): Kept | undefined {
  return pages.get(page)?.get(id);
}
