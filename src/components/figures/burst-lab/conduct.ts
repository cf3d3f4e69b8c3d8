/** A burst, run where functions run for this reader, and then by the model. Loaded at the first run. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { isOf } from '#faas/core/trace/trace.ts';
import { runPlan } from '#src/demo/places/call-plan.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import { PLACE_NAMES } from '#src/demo/places/names.ts';
import type { Place } from '#src/demo/places/place.ts';
import { explain, progressText } from '#src/demo/places/progress-text.ts';
import { timeOfDay } from '#src/format/date.ts';
import type { Prediction } from './comparison.ts';
import { planOf, type Burst } from './setup.ts';
import { shownBurst, type Shown } from './shown.ts';

export interface Hooks {
  readonly signal: AbortSignal;
  readonly onProgress: (text: string, share: number) => void;
  readonly onStart: (place: Place, since: number) => void;
}

/** As the platform scales when nobody has said otherwise. */
const USUAL: PolicyChoice = { name: 'keep-alive' };

/**
 * @param way in which it is scaled, for this burst; null: as the place was set up
 * @throws with what to do, when it cannot be run
 */
export async function conduct(
  path: string,
  burst: Burst,
  way: PolicyChoice | null,
  said: Prediction,
  { signal, onProgress, onStart }: Hooks,
): Promise<Shown & { readonly provenance: string }> {
  const place = await currentPlace();
  const missing = place.missing(path);
  if (missing !== null) throw new Error(missing);
  const { trace, scaling } = place;
  if (trace === undefined) {
    throw new Error(
      `${PLACE_NAMES[place.name].name} does not show its instances, so nothing could be drawn. Choose another place in a demo above.`,
    );
  }
  // A page that was closed in the middle of a run may have left its way behind. Who may not change
  // it has not changed it either.
  if (way === null) await scaling?.scale(path, null, signal).catch(() => undefined);
  else await scaling?.scale(path, way, signal);
  try {
    const since = Date.now();
    onStart(place, since);
    await runPlan(place, planOf(burst, path), signal, (progress) =>
      onProgress(progressText(progress, place.name), progress.finished / burst.calls),
    ).catch(explain);
    const policy = (await scaling?.policyOf(path, signal)) ?? USUAL;
    const events = trace.events.filter((event) => isOf(event, path));
    return {
      ...shownBurst(events, since, burst, policy, said),
      provenance: `Live ${PLACE_NAMES[place.name].where}, scaled by ${policy.name}, ${timeOfDay(new Date())}.`,
    };
  } finally {
    // Other demos of the function find it as they know it, also after a run that was cancelled.
    if (way !== null) await scaling?.scale(path, null, new AbortController().signal);
  }
}
