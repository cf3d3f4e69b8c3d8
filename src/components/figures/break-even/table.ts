/** The explorer's picture as a table, every provider at the same number of calls, and the prices. */

import { costAt } from '#faas/prices/break-even.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { breakdown } from '#src/demo/receipt/bill.ts';
import { largeNumber, largeNumberInShort, rate } from '#src/format/large-number.ts';
import { money } from '#src/format/money.ts';
import { costAlternatives, perSecond, type CostComparison } from './comparison.ts';
import { LEAST_CALLS, MOST_CALLS } from './setup.ts';

/** What the picture shows, at each mark of its axis, at the crossing, and at the reader's number. */
export function breakEvenTable(comparison: CostComparison): Markup {
  const { fn, machine, perCall, setup, crossing } = comparison;
  const marks: number[] = [];
  for (let n = LEAST_CALLS; n <= MOST_CALLS; n *= 10) marks.push(n);
  const at = new Set([...marks, setup.calls, ...(crossing ? [crossing.requests] : [])]);
  const rows = [...at]
    .sort((a, b) => a - b)
    .map((n) => {
      const [ofFn, ofMachine] = [fn, machine].map(({ offer }) => costAt(offer, perCall, n));
      const said = n === crossing?.requests ? 'they cross' : n === setup.calls ? 'you' : '';
      return html`<tr><th scope="row">${largeNumber(n)} <small>${said}</small></th><td>${rate(perSecond(n))}</td><td>${money(ofFn ?? 0, fn.bill.currency)}</td><td>${money(ofMachine ?? 0, machine.bill.currency)}</td></tr>`;
    });
  return html`<table class="ledger"><thead><tr><th scope="col">Calls a month</th><th scope="col">Rate</th><th scope="col">${fn.name}</th><th scope="col">${machine.name}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Every function provider at the reader's number of calls. */
export function providersTable(comparison: CostComparison): Markup {
  const { machine, setup } = comparison;
  const rows = costAlternatives(comparison).map(({ id, name, amount, refused, crossing }) => {
    const mine = id === setup.fn && html` aria-current="true"`;
    const cost = refused ? 'refused' : money(amount, machine.bill.currency);
    const meets = crossing === null ? '—' : largeNumberInShort(crossing.requests);
    return html`<tr${mine}><th scope="row">${name}</th><td>${cost}</td><td>${meets}</td></tr>`;
  });
  return html`<table class="ledger"><caption>Every provider at ${largeNumber(setup.calls)} calls a month</caption><thead><tr><th scope="col">Function</th><th scope="col">A month</th><th scope="col">Meets the machine at</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Both bills line by line: formula, source and date of each price. */
export function bothBills({ fn, machine }: CostComparison): Markup {
  return html`${breakdown(fn.bill)}${breakdown(machine.bill)}`;
}
