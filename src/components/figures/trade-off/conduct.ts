/** From dials to curves, picture and verdict; positions that were simulated once are remembered. */

import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import { money } from '#src/format/money.ts';
import { percent } from '#src/format/percent.ts';
import type { Job } from '#src/simulation/job.ts';
import { curveOf, missing, type Point } from './curve.ts';
import { jobsOf, type Dials } from './dials.ts';
import { drawTradeOff, summary, tableOf, type Curves } from './drawing.ts';

/** Runs jobs and gives back what came of each, in order. */
export type Simulate = (jobs: readonly Job[]) => Promise<readonly SimulatedCourse[]>;

export class TradeOffs {
  readonly #known = new Map<string, readonly Point[]>();

  async curves(dials: Dials, simulate: Simulate): Promise<Curves> {
    const points = await this.#curve(dials, dials.concurrency, simulate);
    const single = dials.concurrency === 1 ? null : await this.#curve(dials, 1, simulate);
    return { dials, points, single };
  }

  async #curve(dials: Dials, concurrency: number, simulate: Simulate): Promise<readonly Point[]> {
    const jobs = jobsOf(dials, concurrency);
    const key = JSON.stringify(jobs);
    const known = this.#known.get(key);
    if (known) return known;
    const points = curveOf(await simulate(jobs), jobs[0]?.scenario.memoryMb ?? 0);
    this.#known.set(key, points);
    return points;
  }
}

export interface Shown {
  readonly drawing: string;
  readonly table: string;
  /** Where the dials stand, and whether that meets the goal. */
  readonly verdict: string;
  readonly isMet: boolean;
}

export function shown(curves: Curves): Shown {
  const { dials, points } = curves;
  const point = points[dials.keep];
  const lack = point ? missing(point, dials.goal) : 'both';
  return {
    drawing: String(drawTradeOff(curves)),
    table: String(tableOf(curves)),
    verdict: `${summary(dials, point)} ${point ? verdict(point, dials, lack) : ''}`,
    isMet: lack === null,
  };
}

function verdict(point: Point, { goal }: Dials, lack: ReturnType<typeof missing>): string {
  const cold = `${percent(point.coldShare)} of calls are cold, and the goal is ${percent(goal.coldShare)} at most`;
  const cost = `waiting costs ${money(point.idleCost, 'USD')}, and the goal is ${money(goal.idleCost, 'USD')} at most`;
  switch (lack) {
    case null:
      return 'That meets the goal.';
    case 'cold':
      return `Not there yet: ${cold}.`;
    case 'cost':
      return `Not there yet: ${cost}.`;
    case 'both':
      return `Not there yet: ${cold}; ${cost}.`;
  }
}
