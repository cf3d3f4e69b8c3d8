/** What of a timeline is drawn: which lanes, over which stretch of time, and when anything happens. */

import type { Lane, TimelineView } from '#faas/core/trace/timeline-view.ts';
import { instanceName } from '#src/format/instance.ts';
import type { AxisStretch } from './scale.ts';

/** The part of a timeline that is drawn. */
export interface Lanes {
  /** What is drawn. */
  readonly window: AxisStretch;
  readonly lanes: readonly Lane[];
  /** How long requests stood in the queue. */
  readonly waiting: readonly AxisStretch[];
  /** When anything but resting happened. */
  readonly happenings: readonly AxisStretch[];
}

/** A wait shorter than this, in ms, is no queue but the way through the platform. */
const QUEUED_MS = 1;

/**
 * @param since when the run was asked for: drawing starts with its first request, and lanes that ended
 *   before are left out; null: at the first event
 */
export function lanesOf(view: TimelineView, since: number | null): Lanes {
  const { toMs } = view;
  const window = { from: since === null ? view.fromMs : firstSince(view, since), to: toMs };
  const isSeen = ({ to }: AxisStretch): boolean => to >= window.from;
  const lanes = view.lanes.filter(({ end }) => end === null || end.atMs >= window.from);
  const waiting = view.requests
    .filter(({ subject }) => subject.kind !== 'store')
    .map(({ queuedMs, queuedUntilMs }) => ({ from: queuedMs, to: queuedUntilMs ?? toMs }))
    .filter(({ from, to }) => to - from >= QUEUED_MS)
    .filter(isSeen);
  const work = lanes
    .flatMap(({ segments }) => segments.filter(({ is }) => is !== 'idle' && is !== 'frozen'))
    .map(({ fromMs, toMs: end }) => ({ from: fromMs, to: end ?? toMs }));
  return { window, lanes, waiting, happenings: [...work.filter(isSeen), ...waiting] };
}

/** Whether the lane is a database's, which takes statements, and no instance's. */
export function isDatabase({ subject }: Lane): boolean {
  return subject.kind === 'store';
}

/** What readers call it. */
export function laneName(lane: Lane): string {
  return isDatabase(lane) ? 'database' : instanceName(lane.instance);
}

/** A run may wait for earlier instances to leave. Until it has a request of its own, they are what is seen. */
function firstSince({ requests }: TimelineView, since: number): number {
  const own = requests.map(({ queuedMs }) => queuedMs).filter((queuedMs) => queuedMs >= since);
  return own.length === 0 ? since : Math.min(...own);
}
