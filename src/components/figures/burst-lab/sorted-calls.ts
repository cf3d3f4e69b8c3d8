/** How long each call of a burst took, sorted: what a percentile is taken from. */

import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import { nearestRank } from '../nearest-rank.ts';

/** How long one call took. */
export interface SortedCall {
  /** From asking to the answer. */
  readonly ms: number;
  /** It had an instance started for it. */
  readonly cold: boolean;
}

/** The calls that were answered, from the quickest to the slowest. */
export function sortedCalls(events: readonly TraceEvent[]): SortedCall[] {
  const askedAt = new Map<string, number>();
  const cold = new Set<string>();
  const took: SortedCall[] = [];
  for (const event of events) {
    if (event.type === 'request.queued') askedAt.set(event.request, event.at);
    if (event.type === 'request.started' && event.cold) cold.add(event.request);
    if (event.type === 'request.done') {
      const at = askedAt.get(event.request);
      if (at !== undefined) took.push({ ms: event.at - at, cold: cold.has(event.request) });
    }
  }
  return took.sort((a, b) => a.ms - b.ms);
}

/** The smallest time within which this share of the calls was answered; null when none was. */
export function percentile(took: readonly SortedCall[], share: number): number | null {
  return took[nearestRank(took, share)]?.ms ?? null;
}

const HEIGHT = 80;
const TOP = 20;
/** A column and the gap after it, in units of the picture. */
const STEP = 10;
const WIDE = 8;
const LEAST = 2;

const MARKED = [
  { share: 0.5, name: 'p50' },
  { share: 0.9, name: 'p90' },
] as const;

/** A column for each call, with the half and nine in ten marked. */
export function drawSortedCalls(took: readonly SortedCall[]): Markup {
  const most = Math.max(1, took.at(-1)?.ms ?? 1);
  const wide = STEP * took.length;
  const columns = (cold: boolean): string =>
    took
      .flatMap(({ ms, cold: isCold }, index) => {
        const height = Math.max(LEAST, Math.round((HEIGHT * ms) / most));
        return isCold === cold ? [`M${STEP * index} ${HEIGHT}v-${height}h${WIDE}v${height}z`] : [];
      })
      .join('');
  const marks = MARKED.map(({ share, name }) => {
    const x = `${Number(((100 * (STEP * nearestRank(took, share) + WIDE)) / wide).toFixed(2))}%`;
    return html`<line class="mark" x1="${x}" x2="${x}" y1="${TOP - 4}" y2="${TOP + HEIGHT}"/><text class="tick" x="${x}" y="${TOP - 8}" text-anchor="end">${name} ${duration(percentile(took, share) ?? 0)}</text>`;
  });
  return html`<svg role="img" aria-label="${sentence(took)}" width="100%" height="${TOP + HEIGHT}"><svg y="${TOP}" width="100%" height="${HEIGHT}" viewBox="0 0 ${wide} ${HEIGHT}" preserveAspectRatio="none"><path class="took" d="${columns(false)}"/><path class="took cold" d="${columns(true)}"/></svg>${marks}</svg>`;
}

function sentence(took: readonly SortedCall[]): string {
  const [first, last] = [took[0], took.at(-1)];
  if (first === undefined || last === undefined) return 'No call was answered.';
  const within = (share: number): string => duration(percentile(took, share) ?? 0);
  const cold = took.filter((one) => one.cold).length;
  return `${counted(took.length, 'call')}, sorted: the quickest took ${duration(first.ms)}, half at most ${within(0.5)}, nine in ten at most ${within(0.9)}, the slowest ${duration(last.ms)}. Cold: ${cold}.`;
}
