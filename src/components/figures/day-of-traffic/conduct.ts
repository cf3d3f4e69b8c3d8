/** A day from set-up to pictures: simulated beside the page. Loaded with the first change. */

import { average, counted } from '#src/format/number.ts';
import { simulateBeside } from '#src/simulation/beside.ts';
import { drawDay } from './drawing.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { dayOf, jobsOf, paceOf } from './setup.ts';
import { bills, moment, totals, twin } from './tables.ts';

export interface Shown {
  readonly outcome: Outcome;
  /** HTML of the figure's parts, by their names. */
  readonly parts: Readonly<Record<'charts' | 'totals' | 'twin' | 'bills', string>>;
  /** How it was made, for the reader. */
  readonly said: string;
}

export interface ConductOptions {
  /** Every call is simulated, however long that takes. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/** @throws saying what is missing, for the reader */
export async function conduct(state: URLSearchParams, options: ConductOptions): Promise<Shown> {
  const { whole, signal, onProgress } = options;
  const day = dayOf(state);
  const pace = whole ? 1 : paceOf(day);
  const courses = await simulateBeside(jobsOf(day, pace), { signal, onProgress });
  return shown(outcomeOf(day, courses, pace));
}

export function shown(outcome: Outcome): Shown {
  return {
    outcome,
    parts: {
      charts: String(drawDay(outcome)),
      totals: String(totals(outcome)),
      twin: String(twin(outcome)),
      bills: String(bills(outcome)),
    },
    said: said(outcome),
  };
}

export function momentOf(outcome: Outcome, bin: number): string {
  return String(moment(outcome, bin));
}

function said({ pace, simulated, served }: Outcome): string {
  const calls = counted(simulated, 'call');
  const ways = counted(served.length, 'way');
  return pace === 1
    ? `Simulated: ${calls} in ${ways}, every one of the day.`
    : `A first look: ${calls} in ${ways}. The day passed ${average(pace)} times as fast, at the same rates.`;
}
