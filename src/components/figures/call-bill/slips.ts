/** A run as every provider would bill it: a slip each, and what stands around the function. */

import { bill, clickBill, type Bill, type BillOptions } from '#faas/prices/bill.ts';
import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import type { PriceTable } from '#faas/prices/table.ts';
import { apiGatewayHttp, apiGatewayRest, dynamoDb } from '#faas/prices/tables/around.ts';
import { NO_USAGE, times, type Usage } from '#faas/prices/usage.ts';
import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { counted, duration } from '#src/demo/receipt/amounts.ts';
import { linesOf, money, usageOfRuns } from '#src/demo/receipt/bill.ts';

const MILLION = 1e6;

/** @param memoryMb memory configured for the function */
export function slips(runs: readonly Run[], memoryMb: number): Markup {
  const usage = usageOfRuns(runs, memoryMb);
  const what = runs.length === 1 ? 'One click' : `All ${counted(runs.length, 'call')}`;
  return html`<p class="used">${what}: ${used(usage, memoryMb)}.</p>
<div class="slips">${RECEIPT_TABLES.map((table, index) => slip(table, usage, what, index === 0))}</div>
<p class="label around">What stands around a million clicks</p>
<div class="slips">${around()}</div>`;
}

/** What there is to charge for. */
function used(usage: Usage, memoryMb: number): string {
  const { requests, handlerMs, coldMs, cpuMs, cpuUnmeasuredMs } = usage;
  return [
    counted(requests, 'request'),
    coldMs > 0 ? `${duration(coldMs)} of cold start` : 'warm',
    `${duration(handlerMs)} in the handler`,
    cpuUnmeasuredMs > 0 ? 'CPU time not measured here' : `${duration(cpuMs)} of CPU`,
    `${String(memoryMb)} MB configured`,
  ].join(', ');
}

type Amount = readonly [name: string, amount: number];

function slip(table: PriceTable, usage: Usage, what: string, open: boolean): Markup {
  const { once, million } = clickBill(table, usage);
  const paid = bill(table, times(usage, MILLION), { freeTier: false });
  const fees = table.fees.map(
    ({ price, label }) =>
      `${label}: ${money(price, table.currency)} a month. It is in the million and in no click.`,
  );
  const amounts: Amount[] = [
    [what.toLowerCase(), once.total],
    ['a million', paid.total],
    ['free tier on', million.total],
  ];
  return fold({ ...once, notes: [...fees, ...once.notes] }, amounts, open);
}

/** A bill folded under its sums. */
function fold(of: Bill, amounts: readonly Amount[], open: boolean): Markup {
  const { provider, plan, region, currency } = of;
  const sums = amounts.map(
    ([name, amount]) =>
      html`<span class="sum"><small>${name}</small> ${money(amount, currency)}</span>`,
  );
  return html`<details${open && html` open`}><summary><span class="who"><b>${provider}</b> <small>${plan}, ${region}</small></span>${sums}</summary>${linesOf(of)}</details>`;
}

interface Neighbour {
  readonly table: PriceTable;
  readonly options?: BillOptions;
}

/** For a million clicks: any of them may stand there, none of them is in a function's price. */
const NEIGHBOURS: readonly Neighbour[] = [
  { table: apiGatewayHttp },
  { table: apiGatewayRest },
  { table: dynamoDb, options: { writeUnits: MILLION, readUnits: MILLION } },
];

function around(): Markup[] {
  const usage = { ...NO_USAGE, requests: MILLION };
  return NEIGHBOURS.map(({ table, options }) => {
    const found = bill(table, usage, options);
    return fold(found, [['a million', found.total]], false);
  });
}
