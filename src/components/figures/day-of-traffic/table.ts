/** A day as tables: the whole of it, one moment of it, and hour by hour what the picture shows. */

import { html, type Markup } from '#src/components/markup.ts';
import { asOf, breakdown } from '#src/demo/receipt/bill.ts';
import { clockTime } from '#src/format/date.ts';
import { durationOrDash } from '#src/format/duration.ts';
import { money } from '#src/format/money.ts';
import { average } from '#src/format/number.ts';
import { percent, percentOrDash } from '#src/format/percent.ts';
import {
  coldShare,
  instancesIn,
  minuteOf,
  momentName,
  type DayOutcome,
  type ServedDay,
} from './outcome.ts';

/** Rows of the table that equals the picture. */
const ROWS = 6;

const PERCENTILES = html`<th scope="col">Half within <small>(p50)</small></th><th scope="col">99 of 100 within <small>(p99)</small></th>`;

/** How the whole day went in each way, and what a month of such days costs. */
export function dayTotals({ served }: DayOutcome): Markup {
  const rows = served.map(({ platform, course: { summary }, month }) => {
    const { requests, instances, latencyMs } = summary;
    const failed = 1 - requests.answered / Math.max(1, requests.submitted);
    return html`<tr><th scope="row">${platform.label}</th><td>${average(instances.average.total)}</td><td>${instances.most}</td><td>${percent(requests.coldShare)}</td><td>${durationOrDash(latencyMs.total.p50)}</td><td>${durationOrDash(latencyMs.total.p99)}</td><td>${percent(failed)}</td><td>${money(month.total, month.currency)} <small>${month.provider}, ${asOf(month)}</small></td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">All day</th><th scope="col">Instances, on average</th><th scope="col">most at once</th><th scope="col">Cold</th>${PERCENTILES}<th scope="col">Refused</th><th scope="col">A month of it</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Line by line, whose prices a month of such days was reckoned with. */
export function dayBills({ served }: DayOutcome): Markup {
  return html`${served.map(({ month }) => breakdown(month))}`;
}

/** @param bin which part of the day */
export function momentTable(outcome: DayOutcome, bin: number): Markup {
  const rows = outcome.served.map(({ platform, course }) => {
    const part = course.bins[bin];
    if (!part) return null;
    const { starting, busy, idle, answered, failed, p50Ms, p99Ms } = part;
    const calls = (answered + failed) * outcome.pace;
    return html`<tr><th scope="row">${platform.label}</th><td>${average(calls)}</td><td>${average(starting)}</td><td>${average(busy)}</td><td>${average(idle)}</td><td>${percentOrDash(coldShare(part))}</td><td>${durationOrDash(p50Ms)}</td><td>${durationOrDash(p99Ms)}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">${momentName(outcome, bin)}</th><th scope="col">Calls</th><th scope="col">Starting</th><th scope="col">Busy</th><th scope="col">Idle</th><th scope="col">Cold</th>${PERCENTILES}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** Equal to the picture. */
export function dayTable(outcome: DayOutcome): Markup {
  const { served } = outcome;
  const bins = served[0]?.course.bins.length ?? 0;
  const step = Math.max(1, Math.ceil(bins / ROWS));
  const starts = Array.from({ length: Math.ceil(bins / step) }, (_none, row) => row * step);
  const rows = starts.map(
    (from) =>
      html`<tr><th scope="row">${clockTime(minuteOf(outcome, from))}</th>${served.map((one) => cells(one, from, step))}</tr>`,
  );
  const heads = served.map(
    ({ platform }) =>
      html`<th scope="col">${platform.label}: instances</th><th scope="col">cold</th>`,
  );
  return html`<table class="ledger"><thead><tr><th scope="col">From</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

function cells({ course }: ServedDay, from: number, count: number): Markup {
  const bins = course.bins.slice(from, from + count);
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  const instances = sum(bins.map(instancesIn)) / Math.max(1, bins.length);
  const calls = sum(bins.map(({ answered, failed }) => answered + failed));
  const cold = sum(bins.map((bin) => bin.cold));
  return html`<td>${average(instances)}</td><td>${percentOrDash(calls === 0 ? null : cold / calls)}</td>`;
}
