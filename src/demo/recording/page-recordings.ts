/**
 * Which demos of a page have been recorded, so that a figure below can draw the same run. A page is
 * known by its request, which lives as long as its rendering.
 */

import type { Unrecorded } from './demo-recording.ts';
import type { Recording } from './record.ts';

/** The recording of a demo, or why there is none. */
export type PageRecording = Promise<Recording | Unrecorded>;

interface Demo {
  readonly recording: PageRecording;
  /** The reader predicts or declines before they see the result. */
  readonly asks: boolean;
}

const pages = new WeakMap<Request, Map<string, Demo>>();

/** @param page the request that the page is rendered for */
export function keepRecording(page: Request, id: string, demo: Demo): void {
  const demos = pages.get(page) ?? new Map<string, Demo>();
  pages.set(page, demos.set(id, demo));
}

/** Undefined when no demo above on the page has that id. */
export function recordingOf(page: Request, id: string): PageRecording | undefined {
  return pages.get(page)?.get(id)?.recording;
}

/** Whether a demo above on the page asks for a prediction, so that what shows its result waits for it. */
export function asksFirst(page: Request, id: string): boolean {
  return pages.get(page)?.get(id)?.asks === true;
}
