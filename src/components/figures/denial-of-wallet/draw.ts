/**
 * Three bills that run: dollars over hours, one line a guard. The line without a cap is whole, that of
 * the function dashed, that of the door dotted; a line down the plot is where somebody stops it.
 */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { money } from '#src/format/money.ts';
import { counted } from '#src/format/number.ts';
import { dollarScale, dollarsOf, gridOf, heightsOf } from '../dollar-scale.ts';
import { lineKey } from '../legend.ts';
import { WALLET_DIALS } from './setup.ts';
import { GUARD_NAMES, type WalletOutcome } from './wallet-outcome.ts';

const HEAD = 18;
const PLOT = 150;
const AXIS = 40;
/** Width of the plot in the units of its lines; its height is in pixels. */
const WIDE = 1000;
/** Lines of the grid, about. */
const LINES = 3;
/** Hours between two marks. */
const STRIDE = 12;
const CURRENCY = 'USD';

/** The picture, with a sentence that says what it shows as its label, and a legend. */
export function drawWallet(outcome: WalletOutcome): Markup {
  const { setup, guarded } = outcome;
  const { most } = WALLET_DIALS.hours;
  const largest = Math.max(...guarded.map(({ cost }) => cost)) * most || 1;
  const scale = dollarScale(largest, LINES);
  const heights = heightsOf(scale, HEAD, PLOT);
  const y = (amount: number): number => Number((PLOT * (1 - amount / scale.top)).toFixed(1));
  const lines = guarded.map(
    ({ guard, cost }) => html`<path class="${guard}" d="M0 ${PLOT}L${WIDE} ${y(cost * most)}"/>`,
  );
  const marks = Array.from({ length: most / STRIDE + 1 }, (_none, index) => {
    const hour = index * STRIDE;
    const anchor = hour === 0 ? 'start' : hour === most ? 'end' : 'middle';
    return html`<text class="tick" text-anchor="${anchor}" x="${svgPercent(hour / most, 2)}" y="${HEAD + PLOT + 16}">${hour}</text>`;
  });
  const now = svgPercent(setup.hours / most, 2);
  return html`<svg role="img" aria-label="${walletSummary(outcome)}" width="100%" height="${HEAD + PLOT + AXIS}">${gridOf(heights)}<svg viewBox="0 0 ${WIDE} ${PLOT}" preserveAspectRatio="none" width="100%" y="${HEAD}" height="${PLOT}">${lines}</svg>${dollarsOf(heights, CURRENCY)}<line class="now" x1="${now}" x2="${now}" y1="6" y2="${HEAD + PLOT}"/>${marks}<text class="tick" text-anchor="middle" x="50%" y="${HEAD + PLOT + 34}">hours since it began</text></svg>
<ul class="legend">${guarded.map(({ guard }) => lineKey(guard, GUARD_NAMES[guard]))}</ul>`;
}

/** What the picture shows, in a sentence. */
export function walletSummary({ setup, guarded }: WalletOutcome): string {
  const bills = guarded.map(
    ({ guard, cost }) => `${GUARD_NAMES[guard]} ${money(cost * setup.hours, CURRENCY)}`,
  );
  return `After ${counted(setup.hours, 'hour')}: ${bills.join(', ')}.`;
}
