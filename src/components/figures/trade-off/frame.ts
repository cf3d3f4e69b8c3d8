/** What the figure shows of its curves: drawn by the build and by the page alike. */

import { money } from '#src/format/money.ts';
import { percent } from '#src/format/percent.ts';
import { missingOf } from './curve.ts';
import type { Curves } from './curves.ts';
import { drawTradeOff, tradeOffSummary } from './draw.ts';
import type { TradeOffSetup } from './setup.ts';
import { tradeOffTable } from './table.ts';

/** The curves as HTML, and the verdict on the goal. */
export interface TradeOffFrame {
  /** HTML of the figure's parts, by their names. */
  readonly html: Readonly<Record<'drawing' | 'table', string>>;
  /** Where the dials stand, and whether that meets the goal. */
  readonly verdict: string;
  readonly isMet: boolean;
}

export function frameOfTradeOff(curves: Curves): TradeOffFrame {
  const { setup, points } = curves;
  const point = points[setup.keep];
  const lack = point ? missingOf(point, setup.goal) : 'both';
  return {
    html: { drawing: String(drawTradeOff(curves)), table: String(tradeOffTable(curves)) },
    verdict: `${tradeOffSummary(setup, point)} ${point ? verdictOn(setup, lack) : ''}`,
    isMet: lack === null,
  };
}

function verdictOn({ goal }: TradeOffSetup, lack: ReturnType<typeof missingOf>): string {
  const cold = `at most ${percent(goal.coldShare)} are to be cold`;
  const cost = `waiting is to cost at most ${money(goal.idleCost, 'USD')}`;
  switch (lack) {
    case null:
      return 'That meets the goal.';
    case 'cold':
      return `Not there yet: ${cold}.`;
    case 'cost':
      return `Not there yet: ${cost}.`;
    case 'both':
      return `Not there yet: ${cold}, and ${cost}.`;
  }
}
