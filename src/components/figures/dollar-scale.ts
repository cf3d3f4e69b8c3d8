/** The scale of dollars at the side of a plot: where it ends, its even lines, and what they say. */

import { html, type Markup } from '#src/components/markup.ts';
import { roundMoney } from '#src/format/money.ts';
import { niceStep } from './nice-step.ts';

export interface DollarScale {
  /** Dollars at the upper edge, a multiple of `step`. > 0 */
  readonly top: number;
  /** Dollars between two lines. > 0 */
  readonly step: number;
}

/** A height of the plot. */
export interface Height {
  readonly amount: number;
  /** From the upper edge of the picture, in px. */
  readonly y: number;
}

/**
 * @param largest dollars that must fit, ≥ 0
 * @param lines of the grid below that, about
 */
export function dollarScale(largest: number, lines: number): DollarScale {
  const step = niceStep((largest || 1) / lines);
  return { step, top: step * Math.ceil(largest / step - 1e-9) || step };
}

/**
 * The heights of the lines, from zero to the top.
 *
 * @param head height above the plot, in px
 * @param plot height of the plot, in px
 */
export function heightsOf({ top, step }: DollarScale, head: number, plot: number): Height[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_none, index) => {
    const amount = index * step;
    return { amount, y: Number((head + plot * (1 - amount / top)).toFixed(1)) };
  });
}

/** A line at each height; that of zero is the axis. */
export function gridOf(heights: readonly Height[]): Markup {
  const lines = heights.map(
    ({ amount, y }) =>
      html`<line class="${amount === 0 ? 'axis' : 'grid'}" x2="100%" y1="${y}" y2="${y}"/>`,
  );
  return html`${lines}`;
}

/** The amount above each line but that of zero. @param after what the uppermost says as well */
export function dollarsOf(heights: readonly Height[], currency: string, after = ''): Markup {
  const dollars = heights
    .slice(1)
    .map(
      ({ amount, y }, index) =>
        html`<text class="tick" y="${y - 4}">${roundMoney(amount, currency)}${index === heights.length - 2 && after}</text>`,
    );
  return html`${dollars}`;
}
