/** The curves of a set-up: one for each concurrency that the picture compares. */

import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { curveOf, type CurvePoint } from './curve.ts';
import { tradeOffJobs, type TradeOffSetup } from './setup.ts';

/** The curve that is set up, and the one to compare it with. */
export interface Curves {
  readonly setup: TradeOffSetup;
  /** For the concurrency that is set. */
  readonly points: readonly CurvePoint[];
  /** For one request at a time; null when that is what is set. */
  readonly single: readonly CurvePoint[] | null;
}

/** Runs jobs and gives back what came of each, in order. */
export type SimulateJobs = (jobs: readonly SimulationJob[]) => Promise<readonly SimulatedCourse[]>;

/** Simulates a curve once, and remembers it. */
export class CurveMemory {
  readonly #known = new Map<string, readonly CurvePoint[]>();

  async curves(setup: TradeOffSetup, simulate: SimulateJobs): Promise<Curves> {
    const points = await this.#curve(setup, setup.concurrency, simulate);
    const single = setup.concurrency === 1 ? null : await this.#curve(setup, 1, simulate);
    return { setup, points, single };
  }

  async #curve(
    setup: TradeOffSetup,
    concurrency: number,
    simulate: SimulateJobs,
  ): Promise<readonly CurvePoint[]> {
    const jobs = tradeOffJobs(setup, concurrency);
    const key = JSON.stringify(jobs);
    const known = this.#known.get(key);
    if (known) return known;
    const points = curveOf(await simulate(jobs), jobs[0]?.scenario.memoryMb ?? 0);
    this.#known.set(key, points);
    return points;
  }
}
