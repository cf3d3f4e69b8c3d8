/** How long the figure of the autoscaler reckons for an hour of ticks. */

import { runTicks } from '../../src/components/figures/kpa-ticks/run.ts';
import { tickSetupOf } from '../../src/components/figures/kpa-ticks/setup.ts';
import { table } from '../table.ts';

/** The promise of the figure, in ms: no task of a page is longer. */
const MOST_MS = 50;

/** Half an hour of a surge that brings seventy-two pods, in an hour with calls throughout. */
const HOUR = 'minutes=60&calls=500&from=60&length=1800&base=40';

/** One run, and the first of them in a process, which is not compiled yet. */
export interface TickTimes {
  readonly ticks: number;
  readonly leastMs: number;
  readonly firstMs: number;
}

/** @param rounds the least of them counts, since other work on the machine can only add to one */
export function measureTicks(rounds = 200): TickTimes {
  const setup = tickSetupOf(new URLSearchParams(HOUR));
  let ticks = 0;
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    ({ length: ticks } = runTicks(setup).ticks);
    return performance.now() - startedAt;
  });
  return { ticks, leastMs: Math.min(...times), firstMs: times[0] ?? NaN };
}

export function ticksTableText({ ticks, leastMs, firstMs }: TickTimes): string {
  return table(
    ['', 'ticks', 'ms', 'the first, ms', 'may take'],
    [['an hour', `${ticks}`, leastMs.toFixed(1), firstMs.toFixed(1), `${MOST_MS}`]],
  );
}
