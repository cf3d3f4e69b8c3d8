/**
 * A day as small pictures, one below the other on one axis of time: how many instances there were on
 * average, busy at the bottom, idle on them, starting on top; and below each how many of its calls
 * were cold. The upper edge of each is the most that there were at any moment, which is said there:
 * on one scale for all, a way with a thousand instances would flatten a way with two.
 */

import type { Bin } from '#faas/simulation/series.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { clockTime } from '#src/format/date.ts';
import { average, counted } from '#src/format/number.ts';
import { percent } from '#src/format/percent.ts';
import { coldShare, instancesIn, type DayOutcome, type ServedDay } from './outcome.ts';

const HEIGHT = 100;
const COLD_HEIGHT = 20;
/** Fewer cold calls than this, and any, are still a mark that can be seen. */
const LEAST_MARK = 2;

/** One picture for each way to serve the day, on a common axis of time. */
export function drawDay(outcome: DayOutcome): Markup {
  const { served, minutes } = outcome;
  const hours = [0, 0.25, 0.5, 0.75, 1].map((share) => clockTime(share * minutes));
  return html`${served.map(row)}<p class="hours num" aria-hidden="true">${hours.map((hour) => html`<span>${hour}</span>`)}</p>`;
}

function row({ platform, course }: ServedDay): Markup {
  const { bins, summary } = course;
  const { instances, requests } = summary;
  const most = counted(instances.most, 'instance');
  const said = `${platform.label}: ${average(instances.average.total)} on average and ${most} at most; ${percent(requests.coldShare)} of calls cold.`;
  const y = (count: number): number =>
    Math.round(HEIGHT * (1 - count / Math.max(1, instances.most)));
  const area = (of: (bin: Bin) => number): string =>
    steps(
      bins.map((bin) => y(of(bin))),
      HEIGHT,
    );
  const cold = bins.map((bin) => mark(coldShare(bin) ?? 0));
  const box = (height: number): string => `0 0 ${bins.length} ${height}`;
  return html`<div class="way"><p><strong>${platform.label}</strong><span class="num">at most ${most}</span></p>
<svg class="instances" role="img" aria-label="${said}" viewBox="${box(HEIGHT)}" preserveAspectRatio="none"><path class="area cold" d="${area(instancesIn)}"/><path class="area idle" d="${area(({ busy, idle }) => busy + idle)}"/><path class="area busy" d="${area(({ busy }) => busy)}"/></svg>
<svg class="colds" aria-hidden="true" viewBox="${box(COLD_HEIGHT)}" preserveAspectRatio="none"><path class="cold" d="${steps(cold, COLD_HEIGHT)}"/></svg></div>`;
}

function mark(share: number): number {
  const height = share === 0 ? 0 : Math.max(LEAST_MARK, Math.round(share * COLD_HEIGHT));
  return COLD_HEIGHT - height;
}

/** A shape with flat tops, a unit wide each, from the bottom and back. */
function steps(tops: readonly number[], bottom: number): string {
  let path = `M0 ${bottom}`;
  let run = 0;
  let last = bottom;
  for (const top of tops) {
    if (top !== last) {
      path += `${run > 0 ? `h${run}` : ''}V${top}`;
      run = 0;
      last = top;
    }
    run++;
  }
  return `${path}h${run}V${bottom}z`;
}
