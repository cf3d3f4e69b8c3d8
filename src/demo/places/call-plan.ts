/** Several calls as one experiment: the same for a reader's live run and for the build's recording. */

import type { FunctionCall, LiveInstance, Place, Run } from './place.ts';

/** Which call is made, how often, and on which schedule. */
export interface CallPlan {
  readonly call: FunctionCall;
  /** How many times. Integer ≥ 1. */
  readonly calls: number;
  /** One after another, or all at once. */
  readonly mode: 'sequence' | 'burst';
  /** In a burst, from one call to the next, in ms. ≥ 0. @default 0 */
  readonly everyMs?: number;
  /** `reaped`: not before the last instance of the function is gone. */
  readonly wait: 'reaped' | null;
}

/** How far a plan is. */
export interface PlanProgress {
  /** Instances that are waited for; null once calls are made. */
  readonly living: readonly LiveInstance[] | null;
  readonly finished: number;
  readonly calls: number;
}

const POLL_MS = 200;

/** @throws when a call got no answer at all, or `signal` ended; what a function answers is a run */
export async function runPlan(
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
    const run = await place.call(call, signal);
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
  while (runs.length < calls) runs.push(await once());
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

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal.addEventListener('abort', leave, { once: true });
  });
}
