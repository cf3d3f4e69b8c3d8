/** The comparison in words: which is cheaper, where the two cross, and how that is computed. */

import { clickBill, type Bill } from '#faas/prices/bill.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { largeNumber, rate } from '#src/format/large-number.ts';
import { money, preciseMoney } from '#src/format/money.ts';
import { perSecond, slopeBefore, type CostComparison } from './comparison.ts';

/** Sums that differ by less than this are the same on any invoice, in dollars. */
const SAME = 0.005;

/** Two paragraphs: what each costs at the calls that are set, and where they cross. */
export function costVerdict(comparison: CostComparison): Markup {
  const { fn, machine, setup } = comparison;
  const gap = machine.bill.total - fn.bill.total;
  const [cheaper, dearer] = gap > 0 ? ['function', 'machine'] : ['machine', 'function'];
  const outcome = fn.refused
    ? html`But this plan is no offer here: it has a limit, and refuses calls beyond it.`
    : Math.abs(gap) < SAME
      ? html`They cost the same.`
      : html`The ${cheaper} is cheaper than the ${dearer} by <b>${dollars(Math.abs(gap), fn.bill)}</b> a month.`;
  return html`<p>At <b>${largeNumber(setup.calls)} calls a month</b>, ${rate(perSecond(setup.calls))} around the clock, ${fn.name} costs <b>${dollars(fn.bill.total, fn.bill)}</b> and ${machine.name} <b>${dollars(machine.bill.total, machine.bill)}</b>. ${outcome}</p>
<p>${crossingText(comparison)}</p>`;
}

function crossingText({ crossing, fn, machine, perCall }: CostComparison): Markup {
  if (crossing !== null) {
    return html`They cost the same at <b>${largeNumber(crossing.requests)} calls a month</b>, ${rate(perSecond(crossing.requests))}. With fewer calls the function is cheaper, with more the machine.`;
  }
  const { each } = slopeBefore(fn, perCall, 1e15);
  if (each <= 0) return html`They never cross: this function’s bill does not grow with its calls.`;
  return html`They never cross: ${fn.name} costs more than ${machine.name} before the first call.`;
}

/** The formula with its numbers: the machine's month, divided by what one more call costs. */
export function costWorking(comparison: CostComparison): Markup {
  const { fn, machine, crossing, perCall } = comparison;
  const { currency } = fn.bill;
  const { once } = clickBill(fn.offer.table, perCall, fn.offer.options);
  const parts = [
    row('One call', html`${sumOf(once)} = ${preciseMoney(once.total, currency)}`),
    row(
      'A month of the machine',
      html`${sumOf(machine.bill)} = ${dollars(machine.bill.total, machine.bill)}`,
    ),
  ];
  if (crossing !== null) {
    const { each, base } = slopeBefore(fn, perCall, crossing.requests);
    const fixed = Math.abs(base) < 1e-9 * crossing.amount ? null : baseText(base, currency);
    const over =
      fixed === null
        ? html`${money(crossing.amount, currency)}`
        : html`(${money(crossing.amount, currency)} ${fixed})`;
    parts.push(
      row(
        'Both cost the same',
        html`${over} ÷ ${preciseMoney(each, currency)} a call = ${largeNumber(crossing.requests)} calls a month`,
      ),
      row(
        'In a second',
        html`${largeNumber(crossing.requests)} ÷ (730 × 3,600 seconds) = ${rate(perSecond(crossing.requests))}`,
      ),
    );
    if (Math.abs(each / once.total - 1) > 1e-6) {
      parts.push(
        row(
          'Less than one call',
          html`Near that point a part of each call is still free or included.`,
        ),
      );
    }
  }
  return html`<dl class="working">${parts}</dl>`;
}

function baseText(base: number, currency: string): Markup {
  return base < 0
    ? html`+ ${money(-base, currency)} that the free quantities are worth`
    : html`− ${money(base, currency)} that is due with few calls too`;
}

function row(name: string, content: Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
}

function sumOf({ lines }: Bill): string {
  return lines.length === 0 ? 'nothing' : lines.map(({ formula }) => formula).join(' + ');
}

function dollars(amount: number, { currency }: Bill): string {
  return money(amount, currency);
}
