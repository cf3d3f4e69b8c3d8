/** A tree of calls as tables: each call, where time and money went, and what the model says. */

import { callsIn, type TracedCall } from '#faas/core/trace/call-tree.ts';
import type { ComposedOutcome } from '#faas/simulation/composed-call.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { money } from '#src/format/money.ts';
import { wholeNumber } from '#src/format/number.ts';
import { CHECKOUT_HOPS, EACH_ANSWERS } from '../checkout.ts';
import { callName, isPartlyMeasured, partsOf, WAITING_TABLES } from './spending.ts';

/** Every call in its order, with its place in the tree. */
export function callsTable(root: TracedCall): Markup {
  const rows = [...callsIn(root)].map(({ call, depth }) => {
    const { queuedMs, endedMs, status, code, cold } = call;
    const took = endedMs === null ? 'still running' : duration(endedMs - queuedMs);
    return html`<tr><th scope="row">${callName(call)}</th><td>${depth + 1}</td><td>${duration(queuedMs - root.queuedMs)}</td><td>${took}</td><td>${cold ? 'cold' : 'warm'}</td><td>${status ?? code}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Call</th><th scope="col">Deep</th><th scope="col">After</th><th scope="col">Took</th><th scope="col">Instance</th><th scope="col">Answer</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** By function: what the answer waited for, and what a million such clicks cost. */
export function spendingTable(root: TracedCall): Markup {
  const parts = partsOf(root);
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((all, part) => all + of(part), 0);
  const rows = parts.map(
    ({ name, calls, pathMs, ownMs, waitedMs, million }) =>
      html`<tr><th scope="row">${name}</th><td>${calls}</td><td>${duration(pathMs)}</td><td>${duration(ownMs)}</td><td>${duration(waitedMs)}</td>${million.map((cost) => html`<td>${money(cost, 'USD')}</td>`)}</tr>`,
  );
  const providers = WAITING_TABLES.map(({ provider }) => html`<th scope="col">${provider}</th>`);
  const total = WAITING_TABLES.map(
    (_table, index) =>
      html`<td>${money(
        sum(({ million }) => million[index] ?? 0),
        'USD',
      )}</td>`,
  );
  return html`<table class="ledger"><caption>Where the time went, and a million such clicks at list price</caption><thead><tr><th scope="col">Function</th><th scope="col">Calls</th><th scope="col">On the path</th><th scope="col">Own work</th><th scope="col">Waiting</th>${providers}</tr></thead><tbody>${rows}<tr><th scope="row">In all</th><td>${sum(({ calls }) => calls)}</td><td>${duration(sum(({ pathMs }) => pathMs))}</td><td>${duration(sum(({ ownMs }) => ownMs))}</td><td>${duration(sum(({ waitedMs }) => waitedMs))}</td>${total}</tr></tbody></table>${isPartlyMeasured(root) && html`<p class="remark">Computing that was not measured, such as that of a call that was given up, is not in the sums.</p>`}`;
}

/**
 * What ran beside what the model says of the same.
 *
 * @param ran null when it has not been run
 * @param answered share of clicks that are answered, when each function fails now and then
 */
export function comparedTable(
  ran: TracedCall | null,
  model: ComposedOutcome,
  answered: number,
): Markup {
  const all = ran === null ? [] : [...callsIn(ran)].map(({ call }) => call);
  const measured = (hop: string): string => {
    if (ran === null) return '—';
    const made = all.filter(
      ({ url, method }) => method === 'POST' && new RegExp(`/${hop}(\\?|$)`).test(url),
    );
    return String(made.length);
  };
  const rows = CHECKOUT_HOPS.map((hop) => [
    html`Calls of <code>${hop}</code>`,
    measured(hop),
    String(model.counts[hop] ?? 0),
  ]);
  const took =
    ran?.endedMs === undefined || ran.endedMs === null ? null : ran.endedMs - ran.queuedMs;
  rows.push([
    'The answer came after',
    took === null ? '—' : duration(took),
    duration(model.latencyMs),
  ]);
  rows.push(['and was', ran === null ? '—' : String(ran.status ?? ran.code), String(model.status)]);
  rows.push([
    `Clicks answered of a million, where each function fails of itself in ${wholeNumber(1e6 * (1 - EACH_ANSWERS))}`,
    '—',
    wholeNumber(1e6 * answered),
  ]);
  return html`<table class="ledger"><thead><tr><th scope="col"><span class="visually-hidden">What</span></th><th scope="col">It was</th><th scope="col">The model says</th></tr></thead><tbody>${rows.map(([what, was, says]) => html`<tr><th scope="row">${what}</th><td>${was}</td><td>${says}</td></tr>`)}</tbody></table>`;
}
