/** Calls of many callers, shared by the front door's own split; and what so many clean calls prove. */

import { Split } from '#faas/core/rules/split.ts';
import { Random } from '#faas/simulation/random.ts';
import type { CanarySetup } from './setup.ts';

/** Callers, and calls of each. */
export const CANARY_CALLERS = 24;
export const CALLS_EACH = 10;

/** One call. */
export interface SharedCall {
  readonly isCanary: boolean;
  readonly hasFailed: boolean;
}

/** What came of a set-up. */
export interface CanaryRun {
  readonly setup: CanarySetup;
  /** By caller, in the order of their calls. */
  readonly callers: readonly (readonly SharedCall[])[];
  /** Of the calls, those that the canary got, and those of them that failed. */
  readonly canary: number;
  readonly failed: number;
  /** Callers who have met both revisions. */
  readonly metBoth: number;
  readonly proof: CleanProof;
}

/** What clean calls say of a revision. */
export interface CleanProof {
  /**
   * The largest share of failing calls, from 0 to 1, with which so many calls are all clean in one case
   * of twenty: all that is proved, at 95 %, is that it fails less often.
   */
  readonly failsBelow: number;
  /** How probable it is that a revision which fails as set passes them all. */
  readonly passesAnyway: number;
}

/** @param fails share of the calls that fail, from 0 to 1 */
export function cleanProof(calls: number, fails: number): CleanProof {
  return { failsBelow: 1 - 0.05 ** (1 / calls), passesAnyway: (1 - fails) ** calls };
}

export function shareCalls(setup: CanarySetup): CanaryRun {
  const { weight, by, fails, clean, seed } = setup;
  const random = new Random(seed);
  const split = new Split('/api/greeting', [
    { revision: 'steady', weight: 100 - weight },
    { revision: 'canary', weight },
  ]);
  const callers = Array.from({ length: CANARY_CALLERS }, (_caller, n) =>
    Array.from({ length: CALLS_EACH }, (): SharedCall => {
      // Both numbers are drawn for each call, so that only what is set makes a difference.
      const [draw, luck] = [random.uniform(), random.uniform()];
      const revision = by === 'caller' ? split.ofCaller(`${seed}-${n}`) : split.ofDraw(draw);
      const isCanary = revision === 'canary';
      return { isCanary, hasFailed: isCanary && luck < fails / 100 };
    }),
  );
  const all = callers.flat();
  return {
    setup,
    callers,
    canary: all.filter(({ isCanary }) => isCanary).length,
    failed: all.filter(({ hasFailed }) => hasFailed).length,
    metBoth: callers.filter((calls) => new Set(calls.map(({ isCanary }) => isCanary)).size > 1)
      .length,
    proof: cleanProof(clean, fails / 100),
  };
}
