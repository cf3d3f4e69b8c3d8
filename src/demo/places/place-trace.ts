/** The trace of a place: keeps the latest events, calls listeners, and knows when a request has ended. */

import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { Trace } from './place.ts';

/** Enough for some thousand calls; a figure never shows more. */
const KEPT = 20_000;

export class PlaceTrace implements Trace {
  readonly events: TraceEvent[] = [];
  readonly #listeners = new Set<(event: TraceEvent) => void>();

  add(event: TraceEvent): void {
    this.events.push(event);
    if (this.events.length > 1.1 * KEPT) this.events.splice(0, this.events.length - KEPT);
    for (const listener of this.#listeners) listener(event);
  }

  watch(listener: (event: TraceEvent) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  /**
   * Waits for the event that ends `request`. Events travel beside answers, so an answer can
   * come first.
   * @param patienceMs how long before giving up: the place may have stopped telling
   */
  async settled(request: string, patienceMs: number): Promise<void> {
    if (this.events.some((event) => ends(event, request))) return;
    const done = new AbortController();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      const hear = (event: TraceEvent): void => {
        if (!ends(event, request)) return;
        clearTimeout(timer);
        resolve();
      };
      this.watch(hear, done.signal);
    });
    done.abort();
  }
}

/** What ends the wait for an answer. A call that the front door waited too long for goes on after it. */
const ENDS: ReadonlySet<TraceEvent['type']> = new Set([
  'request.done',
  'request.failed',
  'rule.answered',
  'rule.refused',
]);

/** Whether it is the end of the request. */
export function ends(event: TraceEvent, request: string): boolean {
  return ENDS.has(event.type) && 'request' in event && event.request === request;
}
