/** A run as every provider would bill it: a slip each, and what stands around the function. */

import { bill, clickBill, type Bill, type BillOptions } from '#faas/prices/bill.ts';
import { RECEIPT_TABLES } from '#faas/prices/receipt-tables.ts';
import type { PriceTable } from '#faas/prices/table.ts';
import { apiGatewayHttp, dynamoDb, logs, trafficOut } from '#faas/prices/tables/around.ts';
import { NO_USAGE, times, type Usage } from '#faas/prices/usage.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { linesOf, sourceOf, usageOfMeasured, type Measured } from '#src/demo/receipt/bill.ts';
import { duration } from '#src/format/duration.ts';
import { money } from '#src/format/money.ts';
import { counted, wholeNumber } from '#src/format/number.ts';

const MILLION = 1e6;

/**
 * @param memoryMb memory configured for the function
 * @param provider whose slip alone is written; null: everybody's, and what stands around them
 */
export function slips(
  measured: readonly Measured[],
  memoryMb: number,
  provider: string | null = null,
): Markup {
  const usage = usageOfMeasured(measured, memoryMb);
  const what = measured.length === 1 ? 'One click' : `All ${counted(measured.length, 'call')}`;
  const tables = RECEIPT_TABLES.filter((table) => (provider ?? table.provider) === table.provider);
  return html`<p class="used">${what}: ${used(usage, memoryMb)}.</p>
<div class="slips">${tables.map((table, index) => slip(table, usage, what, index === 0))}</div>
${
  provider === null &&
  html`<p class="label around">What stands around a million clicks</p>
<table class="ledger lines"><tbody>${around(usage)}</tbody></table>`
}`;
}

/** What there is to charge for. */
function used(usage: Usage, memoryMb: number): string {
  const { requests, handlerMs, coldMs, cpuMs, cpuUnmeasuredMs } = usage;
  return [
    counted(requests, 'request'),
    coldMs > 0 ? `${duration(coldMs)} of cold start` : 'warm',
    `${duration(handlerMs)} in the handler`,
    cpuUnmeasuredMs > 0 ? 'CPU time not measured here' : `${duration(cpuMs)} of CPU`,
    `${wholeNumber(memoryMb)} MB configured`,
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
    ['a million, list price', paid.total],
    ['after the free tier', million.total],
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
  /** In a few words, for a reader who does not know it yet. */
  readonly what: string;
  readonly options?: BillOptions;
}

/** Charged for a million clicks. A function's price includes none of them. */
const NEIGHBOURS: readonly Neighbour[] = [
  { table: apiGatewayHttp, what: 'A front door' },
  {
    table: dynamoDb,
    what: 'A database: one write and one read a click',
    options: { writeUnits: MILLION, readUnits: MILLION },
  },
  { table: logs, what: 'A log: a kilobyte a click', options: { logBytes: MILLION * 1000 } },
  { table: trafficOut, what: 'The way out: the bodies of these answers' },
];

/** A row for each: they are read at a glance, since nothing of them depends on the function. */
function around(once: Usage): Markup[] {
  const { requests, responseBytes } = times(once, MILLION);
  const usage = { ...NO_USAGE, requests, responseBytes };
  return NEIGHBOURS.map(({ table, what, options }) => {
    const { lines, total, provider, plan, currency } = bill(table, usage, {
      ...options,
      freeTier: false,
    });
    return html`<tr><th scope="row">${what} <small>${provider}, ${plan}</small> <small>${lines.slice(0, 1).map(sourceOf)}</small></th><td>${money(total, currency)}</td></tr>`;
  });
}
