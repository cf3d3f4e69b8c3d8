/** The picture as a table, a guard a row, and every price with its source. */

import { html, type Markup } from '#src/components/markup.ts';
import { sourceOf } from '#src/demo/receipt/bill.ts';
import { largeNumberInShort } from '#src/format/large-number.ts';
import { money } from '#src/format/money.ts';
import { counted } from '#src/format/number.ts';
import { GUARD_NAMES, type WalletOutcome } from './wallet-outcome.ts';

const CURRENCY = 'USD';

/** A row for each guard: an hour, the bill so far, and calls that were answered and refused. */
export function walletTable({ setup, guarded }: WalletOutcome): Markup {
  const rows = guarded.map(({ guard, cost, served, refusedAtDoor, refusedInFunction }) => {
    const refused = refusedAtDoor + refusedInFunction;
    return html`<tr><th scope="row">${GUARD_NAMES[guard]}</th><td>${money(cost, CURRENCY)}</td><td>${largeNumberInShort(served)}</td><td>${largeNumberInShort(refused)}</td><td>${money(cost * setup.hours, CURRENCY)}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Guard</th><th scope="col">An hour</th><th scope="col">Calls answered in it</th><th scope="col">and refused</th><th scope="col">After ${counted(setup.hours, 'hour')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What an hour is made of, with each price, its source and its date. */
export function walletPrices({ guarded }: WalletOutcome): Markup {
  return html`${guarded.map(
    ({ guard, lines, cost }) =>
      html`<section class="breakdown"><p><strong>${GUARD_NAMES[guard]}, an hour</strong></p><table class="ledger lines"><tbody>${lines.map((line) => html`<tr><th scope="row">${line.label} <small class="formula">${line.formula}</small> <small>${sourceOf(line)}</small></th><td>${money(line.amount, CURRENCY)}</td></tr>`)}</tbody></table><p class="sum">In all ${money(cost, CURRENCY)}</p></section>`,
  )}`;
}
