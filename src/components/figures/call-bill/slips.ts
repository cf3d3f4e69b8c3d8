/** A run as every provider would bill it: one slip each, and what stands around the function. */

import { bill, clickBill, type BillOptions } from '#faas/core/prices/bill.ts';
import { RECEIPT_TABLES } from '#faas/core/prices/receipt-tables.ts';
import type { PriceTable } from '#faas/core/prices/table.ts';
import { apiGatewayHttp, apiGatewayRest, dynamoDb } from '#faas/core/prices/tables/around.ts';
import { NO_USAGE, times, type Usage } from '#faas/core/prices/usage.ts';
import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/places/place.ts';
import { counted, duration } from '#src/receipt/amounts.ts';
import { breakdown, money, usageOfRuns, type Total } from '#src/receipt/bill.ts';

const MILLION = 1e6;

/** @param memoryMb memory configured for the function */
export function slips(runs: readonly Run[], memoryMb: number): Markup {
  const usage = usageOfRuns(runs, memoryMb);
  const what = runs.length === 1 ? 'One click' : `All ${counted(runs.length, 'call')}`;
  return html`<p class="used">${what}: ${used(usage, memoryMb)}.</p>
<div class="slips">${RECEIPT_TABLES.map((table) => slip(table, usage, what))}</div>
<h4 class="label">What stands around a million clicks</h4>
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

function slip(table: PriceTable, usage: Usage, what: string): Markup {
  const { once, million } = clickBill(table, usage);
  const paid = bill(table, times(usage, MILLION), { freeTier: false });
  const totals: Total[] = [
    { name: what, amount: once.total },
    { name: 'A million times a month', amount: paid.total },
  ];
  if (million.total !== paid.total) {
    totals.push({ name: 'with the free tier', amount: million.total });
  }
  const notes = table.fees.map(
    ({ price, label }) =>
      `${label}: ${money(price, table.currency)} a month are in the million, and in no click.`,
  );
  return breakdown({ ...once, notes: [...notes, ...once.notes] }, totals);
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
  return NEIGHBOURS.map(({ table, options }) => breakdown(bill(table, usage, options)));
}
