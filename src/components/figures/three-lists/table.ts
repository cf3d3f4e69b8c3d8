/** The picture as a table, and every price with its source. */

import type { BillLine } from '#faas/prices/bill.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { sourceOf } from '#src/demo/receipt/bill.ts';
import { clockTime } from '#src/format/date.ts';
import { largeNumber } from '#src/format/large-number.ts';
import { money } from '#src/format/money.ts';
import { average, wholeNumber } from '#src/format/number.ts';
import { OPTION_NAMES, type ListsOutcome } from './lists-outcome.ts';

const CURRENCY = 'USD';
/** Rows of the table that equals the picture, at most. */
const ROWS = 8;
const ORDER = ['function', 'container', 'machine'] as const;

/** Equal to the picture: stretches of the load, with averages of their hours. */
export function listsTable({ load, lists }: ListsOutcome): Markup {
  const step = Math.ceil(load.length / ROWS);
  const starts = Array.from({ length: Math.ceil(load.length / step) }, (_none, row) => row * step);
  const rows = starts.map((from) => {
    const mean = (values: readonly number[]): number => {
      const part = values.slice(from, from + step);
      return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
    };
    const cells = ORDER.map((id) => {
      const { hourly, servers } = lists[id];
      const count = servers.length > 0 && html` <small>${average(mean(servers))}</small>`;
      return html`<td>${money(mean(hourly), CURRENCY)}${count}</td>`;
    });
    const name = load.length === 24 ? clockTime(60 * from) : `hour ${wholeNumber(from)}`;
    return html`<tr><th scope="row">${name}</th><td>${largeNumber(mean(load))}</td>${cells}</tr>`;
  });
  const heads = ORDER.map(
    (id) => html`<th scope="col">${OPTION_NAMES[id]}${id !== 'function' && ', how many'}</th>`,
  );
  return html`<table class="ledger"><thead><tr><th scope="col">From</th><th scope="col">Calls an hour</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** What each month is made of: quantity, price, source and date of each line. */
export function listsPrices({ lists }: ListsOutcome): Markup {
  return html`${ORDER.map((id) => {
    const { lines, month } = lists[id];
    return html`<section class="breakdown"><p><strong>${OPTION_NAMES[id]}</strong></p><table class="ledger lines"><tbody>${lines.map(lineRow)}</tbody></table><p class="sum">In all ${money(month, CURRENCY)}</p></section>`;
  })}`;
}

function lineRow(line: BillLine): Markup {
  return html`<tr><th scope="row">${line.label} <small class="formula">${line.formula}</small> <small>${sourceOf(line)}</small></th><td>${money(line.amount, CURRENCY)}</td></tr>`;
}
