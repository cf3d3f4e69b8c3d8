/** What the runs would cost under each provider's dated price table, line by line. */

import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import { clickBill, type Bill, type BillLine } from '#faas/prices/bill.ts';
import { lambdaX86 } from '#faas/prices/tables/lambda.ts';
import { usageOf, type MeteredCall, type Usage } from '#faas/prices/usage.ts';
import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { money } from '#src/format/money.ts';
import { isDoors } from './door-line.ts';

/**
 * @param memoryMb memory configured for the function: what most providers charge for
 * @param detail `lines`: with each line's formula, source and date; `sums`: without, for a page that
 *   carries many recordings
 */
export function billOf(runs: readonly Run[], memoryMb: number, detail: 'lines' | 'sums'): Markup {
  const usage = usageOfRuns(runs, memoryMb);
  const bills = RECEIPT_TABLES.map((table) => clickBill(table, usage));
  const ran = runs.filter((run) => !isDoors(run)).length;
  const calls = runs.length === 1 ? 'this call' : `these ${runs.length} calls`;
  const what = ran === runs.length ? calls : `${calls}, of which ${ran} ran,`;
  const rows = bills.map(
    ({ once, million }) =>
      html`<tr><th scope="row">${once.provider} <small>prices of ${asOf(million)}</small></th><td>${money(1e6 * once.total, once.currency)}</td><td>${money(million.total, million.currency)}</td></tr>`,
  );
  return html`<table class="ledger bill"><caption>A million times ${what} a month</caption>
<thead><tr><th scope="col">Provider</th><th scope="col">List price</th><th scope="col">After the free tier</th></tr></thead>
<tbody>${rows}</tbody></table>
${detail === 'lines' && breakdowns(bills.map(({ million }) => million))}`;
}

/** The same behind a fold, where a receipt is about time, or prices have not been explained. */
export const foldedBill: typeof billOf = (runs, memoryMb, detail) =>
  html`<details class="disclosure"><summary>What it would cost in a cloud, if you are curious</summary>${billOf(runs, memoryMb, detail)}</details>`;

/** What of a run there is to charge for: as it was measured here, on a whole CPU. */
export type Measured = Required<
  Pick<MeteredCall, 'handlerMs' | 'coldMs' | 'cpuMs' | 'responseBytes'>
>;

/** What a price table needs of a run. Where the handler’s own time is unknown, the time of the whole call stands in. */
export function measuredOf({ split, totalMs, cpuMs, body }: Run): Measured {
  return {
    handlerMs: split.handler ?? totalMs,
    coldMs: (split.start ?? 0) + (split.init ?? 0),
    cpuMs,
    responseBytes: new TextEncoder().encode(body).byteLength,
  };
}

/** @param memoryMb memory configured for the function */
export function usageOfMeasured(measured: readonly Measured[], memoryMb: number): Usage {
  return usageOf(measured.map((one) => ({ ...one, memoryMb, onWholeCpu: true })));
}

/**
 * What the front door refused or answered itself is no call of the function.
 *
 * @param memoryMb memory configured for the function
 */
export function usageOfRuns(runs: readonly Run[], memoryMb: number): Usage {
  return usageOfMeasured(runs.filter((run) => !isDoors(run)).map(measuredOf), memoryMb);
}

const POWERS_OF_TEN = [
  'one',
  'ten',
  'a hundred',
  'a thousand',
  'ten thousand',
  'a hundred thousand',
  'a million',
  'ten million',
  'a hundred million',
];

/**
 * How many such clicks a dollar pays for on AWS Lambda (x86, list price, nothing free): the nearest
 * power of ten, in words, such as `about a million`.
 */
export function clicksForADollar(runs: readonly Run[], memoryMb: number): string {
  const each = clickBill(lambdaX86, usageOfRuns(runs, memoryMb)).once.total / runs.length;
  const power = Math.min(Math.max(0, Math.round(Math.log10(1 / each))), POWERS_OF_TEN.length - 1);
  return `about ${POWERS_OF_TEN[power] ?? ''}`;
}

/** The day or month on which every price of the bill had been read: its oldest line's, `2026-03-08`. */
export function asOf({ lines }: Bill): string {
  const dates = lines.map(({ asOf }) => asOf.match(/\d{4}(?:-\d{2})*/g)?.at(-1) ?? asOf);
  return dates.reduce((oldest, date) => (date < oldest ? date : oldest));
}

function breakdowns(bills: readonly Bill[]): Markup {
  return html`<details class="disclosure"><summary>How each is computed</summary>${bills.map((bill) => breakdown(bill))}</details>`;
}

/** One provider's bill under its name: each line with its formula, its source and its date. */
export function breakdown(bill: Bill): Markup {
  const { provider, plan, region, currency, total } = bill;
  const place = [plan, region].filter((text) => text !== '').join(', ');
  return html`<section class="breakdown"><p><strong>${provider}</strong> <small>${place}</small></p>${linesOf(bill)}<p class="sum">In all ${money(total, currency)}</p></section>`;
}

/** The lines of a bill, and what its reader must know. */
export function linesOf({ lines, currency, notes }: Bill): Markup {
  return html`<table class="ledger lines"><tbody>${lines.map((line) => lineOf(line, currency))}</tbody></table>${notes.map((note) => html`<p class="remark">${withoutIds(note)}</p>`)}`;
}

function lineOf(line: BillLine, currency: string): Markup {
  const { label, formula, amount, stepMs } = line;
  const step = stepMs !== null && html`, each time rounded up to ${stepMs} ms`;
  return html`<tr><th scope="row">${label} <small class="formula">${formula}${step}</small> <small>${sourceOf(line)}</small></th><td>${money(amount, currency)}</td></tr>`;
}

/** Without ids of facts, which only maintainers of the tables need. */
function withoutIds(note: string): string {
  return note.replaceAll(/ \([TX]\d{2}-\d{2,3}(?:, [TX]\d{2}-\d{2,3})*\)/g, '');
}

/** Where the price of a line was read, and when it was true. */
export function sourceOf({ kind, source, asOf }: BillLine): Markup {
  if (kind === 'reader') return html`your own price`;
  const unsure = kind === 'unverified' ? ' (not verified)' : '';
  return html`<a href="${source.url}">${source.title}</a>, ${asOf}${unsure}`;
}
