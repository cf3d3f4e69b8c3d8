/** A live burst, scaled in the way that was asked for, and then by the model. Loaded at the first run. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { isOf } from '#faas/core/trace/trace.ts';
import {
  placeFor,
  provenanceOf,
  runForReader,
  type ReaderRunOptions,
} from '#src/demo/places/reader-run.ts';
import { PLACE_NAMES } from '#src/demo/places/names.ts';
import { frameOfBurst, type BurstFrame } from './frame.ts';
import { burstPlan, type BurstGuess, type BurstSetup } from './setup.ts';

/** What is run, how it is scaled, and what was predicted. */
export interface BurstTrial {
  /** Name of the function. */
  readonly fn: string;
  readonly burst: BurstSetup;
  /** How it is scaled for this burst; null: as the place was set up. */
  readonly way: PolicyChoice | null;
  readonly guess: BurstGuess;
}

/** How the platform scales by default. */
const USUAL: PolicyChoice = { name: 'keep-alive' };

/** @throws with what to do, when it cannot be run */
export async function runBurst(
  { fn, burst, way, guess }: BurstTrial,
  options: ReaderRunOptions,
): Promise<BurstFrame & { readonly provenance: string }> {
  const { signal } = options;
  const place = await placeFor(fn);
  const { trace, scaling } = place;
  if (trace === undefined) {
    throw new Error(
      `${PLACE_NAMES[place.name].name} does not show its instances, so nothing could be drawn. Choose another place in a demo above.`,
    );
  }
  // A page that was closed in the middle of a run may have left its way behind. A reader who may not
  // change how functions are scaled has not changed it either.
  if (way === null) await scaling?.scale(fn, null, signal).catch(() => undefined);
  else await scaling?.scale(fn, way, signal);
  try {
    const { since } = await runForReader(place, burstPlan(burst, fn), options);
    const policy = (await scaling?.policyOf(fn, signal)) ?? USUAL;
    const events = trace.events.filter((event) => isOf(event, fn));
    return {
      ...frameOfBurst(events, since, burst, policy, guess),
      provenance: provenanceOf(place, `scaled by ${policy.name}`),
    };
  } finally {
    // Other demos of the function find it as they know it, also after a run that was cancelled.
    if (way !== null) await scaling?.scale(fn, null, new AbortController().signal);
  }
}
