/**
 * A day, or the reader's own hours, on three price lists: what each costs in each hour. Behind the
 * lines stands the load itself. Places across are hours and heights are pixels; the function's line is
 * whole, that of the containers dotted, that of the machines dashed.
 */

import type { ListedOption } from '#faas/prices/three-lists.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { clockTime } from '#src/format/date.ts';
import { money } from '#src/format/money.ts';
import { wholeNumber } from '#src/format/number.ts';
import { dollarScale, dollarsOf, gridOf, heightsOf } from '../dollar-scale.ts';
import { lineKey } from '../legend.ts';
import { OPTION_NAMES, type ListsOutcome } from './lists-outcome.ts';

const HEAD = 18;
const PLOT = 200;
const AXIS = 40;
/** Lines of the grid, about. */
const LINES = 3;
/** Marks of the axis of time, and one more at its end. */
const MARKS = 4;
/** More steps than so many no screen shows: longer loads are drawn by averages. */
const MOST_STEPS = 336;

const CURRENCY = 'USD';
const ORDER = ['function', 'container', 'machine'] as const;

/** The picture, with a sentence that says what it shows as its label, and a legend. */
export function drawLists(outcome: ListsOutcome): Markup {
  const { lists, load, shape } = outcome;
  const steps = Math.min(load.length, MOST_STEPS);
  const most = ORDER.map((id) => largest(lists[id].hourly)).reduce((a, b) => Math.max(a, b));
  const scale = dollarScale(most, LINES);
  const { top } = scale;
  const y = (amount: number): number => round(PLOT * (1 - amount / top));
  const area = averages(load, steps).map((calls) => y((top * calls) / (shape.peak || 1)));
  const lines = ORDER.map(
    (id) => html`<path class="${id}" d="${stepped(averages(lists[id].hourly, steps).map(y))}"/>`,
  );
  const heights = heightsOf(scale, HEAD, PLOT);
  return html`<svg role="img" aria-label="${listsSummary(outcome)}" width="100%" height="${HEAD + PLOT + AXIS}">${gridOf(heights)}<svg viewBox="0 0 ${steps} ${PLOT}" preserveAspectRatio="none" width="100%" y="${HEAD}" height="${PLOT}"><path class="load" d="${stepped(area)}V${PLOT}H0Z"/>${lines}</svg>${dollarsOf(heights, CURRENCY, ' an hour')}${times(load.length)}</svg>
<ul class="legend">${ORDER.map((id) => lineKey(id, OPTION_NAMES[id]))}<li><svg width="24" height="10" aria-hidden="true"><path class="load" d="M0 0h24v10H0Z"/></svg>calls, on a scale of their own</li></ul>`;
}

/** What the picture shows, in a sentence. */
export function listsSummary({ ranked, lists }: ListsOutcome): string {
  const all = ORDER.map((id) => `${OPTION_NAMES[id]} ${money(lists[id].month, CURRENCY)}`);
  const [best] = ranked as readonly [ListedOption];
  return `A month: ${all.join(', ')}. ${OPTION_NAMES[best.id]} cost${best.id === 'function' ? 's' : ''} least.`;
}

function times(hours: number): Markup {
  const marks = Array.from({ length: MARKS + 1 }, (_none, index) => {
    const hour = (index * hours) / MARKS;
    const text = hours === 24 ? clockTime(60 * hour) : wholeNumber(hour);
    const anchor = index === 0 ? 'start' : index === MARKS ? 'end' : 'middle';
    return html`<text class="tick" text-anchor="${anchor}" x="${svgPercent(index / MARKS, 0)}" y="${HEAD + PLOT + 16}">${text}</text>`;
  });
  const what = hours === 24 ? 'time of day' : 'hours';
  return html`${marks}<text class="tick" text-anchor="middle" x="50%" y="${HEAD + PLOT + 34}">${what}</text>`;
}

/** As many values, each the average of what it stands for. */
function averages(values: readonly number[], count: number): readonly number[] {
  if (values.length === count) return values;
  return Array.from({ length: count }, (_none, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.floor(((index + 1) * values.length) / count);
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += values[at] ?? 0;
    return sum / (to - from);
  });
}

/** A line with flat tops, a unit wide each. */
function stepped(tops: readonly number[]): string {
  let path = '';
  let run = 0;
  let last: number | null = null;
  for (const top of tops) {
    if (top !== last) {
      path += last === null ? `M0 ${top}` : `h${run}V${top}`;
      run = 0;
      last = top;
    }
    run += 1;
  }
  return `${path}h${run}`;
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

function round(px: number): number {
  return Number(px.toFixed(1));
}
