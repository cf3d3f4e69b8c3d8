/** How far a plan of calls is, in words for the reader. */

import { countdown } from '#src/format/duration.ts';
import { counted } from '#src/format/number.ts';
import { PLACE_NAMES } from './names.ts';
import type { PlaceName } from './place.ts';
import type { PlanProgress } from './call-plan.ts';

/** One sentence, such as `3 of 10 calls answered.` */
export function progressText({ living, finished, calls }: PlanProgress, place: PlaceName): string {
  if (living !== null) {
    const waiting = `Waiting for ${counted(living.length, 'instance')} to leave`;
    const last = Math.max(...living.map(({ leavesAt }) => leavesAt ?? Infinity));
    return last === Infinity ? `${waiting}.` : `${waiting}: ${countdown(last - Date.now())} to go.`;
  }
  if (calls === 1) return `Running ${PLACE_NAMES[place].where}.`;
  return `${finished} of ${counted(calls, 'call')} answered.`;
}
