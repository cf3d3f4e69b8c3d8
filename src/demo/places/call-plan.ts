/** Several calls as one experiment: the same for a reader's live run and for the build's recording. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { PLACE_NAMES } from './names.ts';
import { pause } from './pause.ts';
import type { FunctionCall, LiveInstance, Place, Run } from './place.ts';

/** Which call is made, how often, and on which schedule. */
export interface CallPlan {
  readonly call: FunctionCall;
  /** How many times. Integer ≥ 1. */
  readonly calls: number;
  /** One after another, or all at once. */
  readonly mode: 'sequence' | 'burst';
  /** In a burst from one call to the next, in a sequence from an answer to the next call; in ms. ≥ 0. @default 0 */
  readonly everyMs?: number;
  /** `reaped`: not before the last instance of the function is gone. */
  readonly wait: 'reaped' | null;
  /** How the function is scaled meanwhile. @default as the place is set up */
  readonly scaled?: PolicyChoice;
  /** In a sequence: a call that met an instance which was there is made again. @default false */
  readonly allCold?: boolean;
}

/** How far a plan is. */
export interface PlanProgress {
  /** Instances that are waited for; null once calls are made. */
  readonly living: readonly LiveInstance[] | null;
  readonly finished: number;
  readonly calls: number;
}

const POLL_MS = 200;
/** An instance that is to leave at once is gone after this, in ms. */
const LEAVE_MS = 5;
/** As often a call may meet an instance that was to leave. */
const MOST_WARM = 20;

/** @throws when a call got no answer at all, or `signal` ended; what a function answers is a run */
export async function runPlan(
  place: Place,
  plan: CallPlan,
  signal: AbortSignal,
  onProgress?: (progress: PlanProgress) => void,
): Promise<Run[]> {
  return scaledAs(place, [plan], signal, () => makeCalls(place, plan, signal, onProgress));
}

/**
 * One call of each plan, then the next of each, until all are made, so that whatever slows the machine
 * slows all of them alike. The plans are sequences that wait for nothing.
 *
 * @param onProgress called after each call, with their number so far
 * @returns the runs of each plan
 * @throws as {@link runPlan}
 */
export async function runInTurn(
  place: Place,
  plans: readonly CallPlan[],
  signal: AbortSignal,
  onProgress: (finished: number) => void = () => undefined,
): Promise<Run[][]> {
  const runs: Run[][] = plans.map(() => []);
  const most = Math.max(0, ...plans.map(({ calls }) => calls));
  await scaledAs(place, plans, signal, async () => {
    let finished = 0;
    for (let round = 0; round < most; round += 1) {
      for (const [index, plan] of plans.entries()) {
        if (round >= plan.calls) continue;
        runs[index]?.push(await oneCall(place, plan, signal));
        onProgress((finished += 1));
      }
    }
  });
  return runs;
}

/** Does something while functions are scaled as their plans say, and leaves the place as it was. */
async function scaledAs<T>(
  place: Place,
  plans: readonly CallPlan[],
  signal: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  const scaled = plans.filter((plan) => plan.scaled !== undefined);
  if (scaled.length === 0) return act();
  const { scaling } = place;
  if (scaling === undefined) {
    throw new Error(
      `${PLACE_NAMES[place.name].name} does not let this page scale a function in another way, which this run needs. The recorded run stands here; on your own machine, open the course by its local address.`,
    );
  }
  try {
    for (const plan of scaled) {
      await scaling.scale(plan.call.function, plan.scaled ?? null, signal);
    }
    return await act();
  } finally {
    for (const { call } of scaled) {
      // What came of the calls is worth more than to know that the place is gone by now.
      await scaling.scale(call.function, null, new AbortController().signal).catch(() => undefined);
    }
  }
}

/** One call of a plan; where all are to be cold, another one as long as it met an instance. */
async function oneCall(
  place: Place,
  { call, allCold }: CallPlan,
  signal: AbortSignal,
): Promise<Run> {
  for (let warm = 0; warm < MOST_WARM; warm += 1) {
    const run = await place.call(call, signal);
    if (allCold !== true || run.cold !== false) return run;
    await pause(LEAVE_MS, signal);
  }
  throw new Error(
    `${call.function} was warm ${MOST_WARM} times in a row: somebody else calls it as well. Try again when nobody does.`,
  );
}

async function makeCalls(
  place: Place,
  plan: CallPlan,
  signal: AbortSignal,
  onProgress: (progress: PlanProgress) => void = () => undefined,
): Promise<Run[]> {
  const { calls, call } = plan;
  if (plan.wait === 'reaped') {
    await untilZero(place, call.function, signal, (living) =>
      onProgress({ living, finished: 0, calls }),
    );
  }
  let finished = 0;
  const tell = (): void => onProgress({ living: null, finished: finished++, calls });
  const once = async (): Promise<Run> => {
    const run = await oneCall(place, plan, signal);
    tell();
    return run;
  };
  tell();
  if (plan.mode === 'burst') {
    const { everyMs = 0 } = plan;
    if (place.burst) return place.burst(call, { times: calls, everyMs }, signal, tell);
    const later = async (n: number): Promise<Run> => {
      if (n * everyMs > 0) await pause(n * everyMs, signal);
      return once();
    };
    return Promise.all(Array.from({ length: calls }, (_none, n) => later(n)));
  }
  const runs: Run[] = [];
  const { everyMs = 0 } = plan;
  while (runs.length < calls) {
    if (runs.length > 0 && everyMs > 0) await pause(everyMs, signal);
    runs.push(await once());
  }
  return runs;
}

/** Resolves when no instance of `fn` is alive; at once where the place does not show its instances. */
export async function untilZero(
  place: Place,
  fn: string,
  signal: AbortSignal,
  onWait: (living: readonly LiveInstance[]) => void = () => undefined,
): Promise<void> {
  for (;;) {
    const instances = (await place.instances?.(signal)) ?? [];
    const living = instances.filter((instance) => instance.function === fn);
    if (living.length === 0) return;
    onWait(living);
    await pause(POLL_MS, signal);
  }
}
