/**
 * The run over time: calls above, pods below. Ready pods are an area, the wish is a line, a panic is a
 * hatched band and the activator a bar with its name, so that colour is not needed to tell them apart.
 */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { axisTime } from '#src/format/duration.ts';
import { atMostDecimals, counted, wholeNumber } from '#src/format/number.ts';
import { niceStep } from '../nice-step.ts';
import { isInPanic, type KpaMoment, type KpaTick } from './run.ts';

const WIDE = 1000;
const HEAD = 20;
const CALLS = 60;
const PODS = 110;
const BAND = 14;
const GAP = 22;
const MARKS = 4;

export function drawTicks(moment: KpaMoment): Markup {
  const { ticks } = moment.run;
  const now = ticks[moment.at];
  const endMs = Math.max(1, ticks.at(-1)?.atMs ?? 1);
  const podsTop = HEAD + CALLS + GAP;
  const bandsTop = podsTop + PODS + 6;
  const bottom = bandsTop + 2 * (BAND + 4);
  const mostCalls = Math.max(1, ...ticks.map(callsOf));
  const mostPods = Math.max(1, ...ticks.flatMap(({ ready, desired }) => [ready, desired]));
  const x = (atMs: number): string => svgPercent(atMs / endMs, 2);
  const step = niceStep(endMs / MARKS);
  const marks = Array.from({ length: Math.floor(endMs / step) + 1 }, (_none, index) => {
    const at = index * step;
    const anchor = index === 0 ? 'start' : at > endMs * 0.9 ? 'end' : 'middle';
    return html`<text class="tick" text-anchor="${anchor}" x="${x(at)}" y="${bottom + 16}">${axisTime(at)}</text>`;
  });
  const scale = { endMs };
  const callsLine = path(ticks, callsOf, { ...scale, most: mostCalls, high: CALLS });
  const ready = path(ticks, (tick) => tick.ready, { ...scale, most: mostPods, high: PODS });
  const wish = path(ticks, (tick) => tick.desired, { ...scale, most: mostPods, high: PODS });
  const bands = [
    ...stretches(ticks, isInPanic).map(([from, to]) =>
      band('panic', x(from), svgPercent((to - from) / endMs, 2), bandsTop),
    ),
    ...stretches(ticks, (tick) => tick.isActivatorIn).map(([from, to]) =>
      band('activator', x(from), svgPercent((to - from) / endMs, 2), bandsTop + BAND + 4),
    ),
  ];
  const plot = (y: number, high: number, inner: Markup): Markup =>
    html`<svg viewBox="0 0 ${WIDE} ${high}" preserveAspectRatio="none" width="100%" y="${y}" height="${high}">${inner}</svg><line class="base" x1="0" x2="100%" y1="${y + high}" y2="${y + high}"/>`;
  return html`<svg role="img" aria-label="${tickSummary(moment)}" width="100%" height="${bottom + 36}"><text class="tick" x="0" y="${HEAD - 6}">${moment.run.trace === null ? 'calls under way' : 'calls, panic average'}, up to ${atMostDecimals(mostCalls, 1)}</text>${plot(HEAD, CALLS, html`<path class="calls" d="${callsLine}"/>`)}<text class="tick" x="0" y="${podsTop - 6}">pods, up to ${wholeNumber(mostPods)}</text>${plot(podsTop, PODS, html`<path class="ready" d="${ready}V${PODS}H0Z"/><path class="wish" d="${wish}"/>`)}${bands}${now && html`<line class="now" x1="${x(now.atMs)}" x2="${x(now.atMs)}" y1="${HEAD}" y2="${bottom}"/>`}${marks}<text class="tick" text-anchor="middle" x="50%" y="${bottom + 32}">time</text></svg>
<ul class="legend"><li><svg width="24" height="12" aria-hidden="true"><path class="ready" d="M0 12V4H24V12Z"/></svg>pods that are ready</li><li><svg width="24" height="12" aria-hidden="true"><path class="wish" d="M0 10H10V3H24"/></svg>pods wanted</li><li><svg width="24" height="12" aria-hidden="true"><rect class="panic" width="24" height="12"/></svg>panic</li><li><svg width="24" height="12" aria-hidden="true"><rect class="activator" width="24" height="12"/></svg>activator in the path</li></ul>`;
}

/** The tick that is looked at, in a sentence. */
export function tickSummary({ run, at }: KpaMoment): string {
  const tick = run.ticks[at];
  if (tick === undefined) return 'No tick.';
  const { atMs, ready, desired, isActivatorIn } = tick;
  const panic = isInPanic(tick) ? ', in a panic' : '';
  const where = isActivatorIn ? 'in the path' : 'not in the path';
  return `After ${axisTime(atMs)}: ${counted(ready, 'pod')} ready, ${wholeNumber(desired)} wanted${panic}; the activator is ${where}.`;
}

/** What a recording does not say is shown by its short average. */
function callsOf({ calls, observed }: KpaTick): number {
  return calls ?? observed?.panic ?? 0;
}

/** Steps that hold from one tick to the next. */
function path(
  ticks: readonly KpaTick[],
  of: (tick: KpaTick) => number,
  { endMs, most, high }: { endMs: number; most: number; high: number },
): string {
  const parts: string[] = [];
  let last: string | null = null;
  for (const tick of ticks) {
    const y = (high * (1 - of(tick) / most)).toFixed(1);
    if (y === last) continue;
    const x = ((WIDE * tick.atMs) / endMs).toFixed(1);
    parts.push(last === null ? `M${x} ${y}` : `H${x}V${y}`);
    last = y;
  }
  return `${parts.join('')}H${WIDE}`;
}

function band(name: string, x: string, width: string, y: number): Markup {
  return html`<rect class="${name}" x="${x}" width="${width}" y="${y}" height="${BAND}"/>`;
}

/** From and to of each time in which it holds, in ms. */
function stretches(
  ticks: readonly KpaTick[],
  holds: (tick: KpaTick) => boolean,
): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from: number | null = null;
  for (const tick of ticks) {
    if (holds(tick)) from ??= tick.atMs;
    else if (from !== null) {
      found.push([from, tick.atMs]);
      from = null;
    }
  }
  if (from !== null) found.push([from, ticks.at(-1)?.atMs ?? from]);
  return found;
}
