/** How a session goes, in words for the reader. */

import { countdown } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import { PLACE_NAMES } from './names.ts';
import type { PlaceName } from './place.ts';
import type { PlanProgress } from './call-plan.ts';

export function progressText({ living, finished, calls }: PlanProgress, place: PlaceName): string {
  if (living !== null) {
    const waiting = `Waiting for ${counted(living.length, 'instance')} to leave`;
    const last = Math.max(...living.map(({ leavesAt }) => leavesAt ?? Infinity));
    return last === Infinity ? `${waiting}.` : `${waiting}: ${countdown(last - Date.now())} to go.`;
  }
  if (calls === 1) return `Running ${PLACE_NAMES[place].where}.`;
  return `${finished} of ${counted(calls, 'call')} answered.`;
}

/** Rethrows what a call that got no answer throws, in words for the reader. */
export function explain(error: unknown): never {
  // Of a call that broke off a browser says no more than that it did.
  if (!(error instanceof TypeError)) throw error;
  throw new Error(
    `No answer came (${error.message}). Is the platform still running? Start it again with npm start, then press Run.`,
    { cause: error },
  );
}
