/** What the figure shows of a day that was simulated: drawn by the build and by the page alike. */

import { average, counted } from '#src/format/number.ts';
import { drawDay } from './draw.ts';
import type { DayOutcome } from './outcome.ts';
import { dayBills, dayTable, dayTotals } from './table.ts';

/** A day as HTML and one sentence. */
export interface DayFrame {
  readonly outcome: DayOutcome;
  /** HTML of the figure's parts, by their names. */
  readonly html: Readonly<Record<'charts' | 'totals' | 'twin' | 'bills', string>>;
  /** How it was made, for the reader. */
  readonly said: string;
}

export function frameOfDay(outcome: DayOutcome): DayFrame {
  return {
    outcome,
    html: {
      charts: String(drawDay(outcome)),
      totals: String(dayTotals(outcome)),
      twin: String(dayTable(outcome)),
      bills: String(dayBills(outcome)),
    },
    said: said(outcome),
  };
}

function said({ pace, simulated, served }: DayOutcome): string {
  const calls = counted(simulated, 'call');
  const ways = counted(served.length, 'way');
  return pace === 1
    ? `Simulated: ${calls} in ${ways}, every one of the day.`
    : `A first look: ${calls} in ${ways}. The day passed ${average(pace)} times as fast, at the same rates.`;
}
