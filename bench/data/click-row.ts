/** A click through several functions as `npm run bench -- --data` writes it down. */

import { table } from '../table.ts';

/** What was promised: a click costs at most so many times the sum of its four warm calls. */
const MOST_RATIO = 1.3;

/** What was measured of one kind of click: the least of the rounds, in ms. */
export interface ClickFigures {
  readonly what: string;
  readonly clickMs: number;
  /** Sum of its calls, each made alone. */
  readonly aloneMs: number;
}

/** Figures as a reader compares them. */
export function clicksTable(figures: readonly ClickFigures[]): string {
  return table(
    ['', 'ms a click', 'its four calls alone, ms', 'ratio', 'may be'],
    figures.map(({ what, clickMs, aloneMs }) => [
      what,
      clickMs.toFixed(2),
      aloneMs.toFixed(2),
      (clickMs / aloneMs).toFixed(2),
      String(MOST_RATIO),
    ]),
  );
}
