/** Lanes that grow: a timeline fed from a trace, drawn again whenever it could look different. */

import { Timeline } from '#faas/core/trace/timeline.ts';
import { isOf, type TraceEvent } from '#faas/core/trace/trace.ts';
import type { Trace } from '#src/demo/places/place.ts';
import type { CourseElement } from '../../element.ts';
import { frameOfLanes } from './frame.ts';

/** What is followed. */
export interface FollowedRun {
  readonly trace: Trace;
  /** Name of the function whose instances are drawn. */
  readonly function: string;
  /** Whether the database is drawn beside them. */
  readonly store: boolean;
  /** Drawing starts here, in ms since the Unix epoch. */
  readonly since: number;
}

/** Time between two pictures when no event came, in ms. */
const PACE = {
  /** Something starts or runs: it is seen to grow. */
  moving: 0,
  /** Instances only wait, or have just left. */
  resting: 100,
  /** The reader wants no motion: the picture takes steps. */
  calm: 1000,
};
/** What has ended is followed for so long, in ms, that its end can be seen. */
const AFTERMATH_MS = 600;

/** Follows one run, or all runs of a function in one place. */
export class LanesSession {
  readonly #figure: CourseElement;
  readonly #since: number;
  readonly #timeline: Timeline;
  /** Something happened that is not drawn yet. */
  #stale = true;

  /** @param signal ends the listening */
  constructor(
    figure: CourseElement,
    { trace, function: fn, store, since }: FollowedRun,
    signal: AbortSignal,
  ) {
    this.#figure = figure;
    this.#since = since;
    const mine = (event: TraceEvent): boolean =>
      isOf(event, fn) || (store && event.subject.kind === 'store');
    this.#timeline = new Timeline(trace.events.filter(mine));
    const add = (event: TraceEvent): void => {
      if (!mine(event)) return;
      this.#timeline.add(event);
      this.#stale = true;
    };
    trace.watch(add, signal);
  }

  drawOnce(): void {
    this.#drawAt(Date.now());
  }

  /** Draws until `signal` ends; nothing is drawn while nothing changes. */
  draw(signal: AbortSignal): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let drawnAt = 0;
    const frame = (): void => {
      if (signal.aborted) return;
      const now = Date.now();
      const pace = this.#paceAt(now);
      if (this.#stale || now - drawnAt >= (calm ? Math.max(pace, PACE.calm) : pace)) {
        drawnAt = now;
        this.#drawAt(now);
      }
      requestAnimationFrame(frame);
    };
    frame();
  }

  #drawAt(now: number): void {
    this.#stale = false;
    const html = frameOfLanes(this.#timeline.at(now), this.#since, this.#figure.id);
    this.#figure.find('drawing', HTMLElement).innerHTML = html.drawing;
    this.#figure.find('table', HTMLElement).innerHTML = html.table;
  }

  /** Infinity when the picture would stay as it is. */
  #paceAt(now: number): number {
    const { lanes, counts } = this.#timeline.at(now);
    const count = counts.at(-1);
    if (count && count.starting + count.running + count.queued > 0) return PACE.moving;
    const isSeen = lanes.some(({ end }) => end === null || now - end.atMs < AFTERMATH_MS);
    return isSeen ? PACE.resting : Infinity;
  }
}
