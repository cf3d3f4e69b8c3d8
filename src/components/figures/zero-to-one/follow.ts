/** Calls a function where functions run for this reader, and follows what becomes of its instance. */

import { isOf } from '#faas/core/trace/trace.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { PlaceName } from '#src/demo/places/place.ts';
import { pictureAfter, picturesOf, type InstancePicture } from './picture.ts';

/**
 * @param from what is shown now
 * @param signal ends the call, and the following, which goes on after the answer
 * @returns where it ran
 * @throws when no answer came at all
 */
export async function followCall(
  { fn, url }: { readonly fn: string; readonly url: string },
  from: InstancePicture,
  show: (picture: InstancePicture) => void,
  signal: AbortSignal,
): Promise<PlaceName> {
  const place = await currentPlace();
  let picture = from;
  let hasEvents = false;
  const since = Date.now();
  place.trace?.watch((event) => {
    // A place that was opened just now begins with what it has kept from before.
    if (!isOf(event, fn) || event.at < since) return;
    hasEvents = true;
    const next = pictureAfter(picture, event);
    if (next === picture) return;
    picture = next;
    show(picture);
  }, signal);
  const call = { function: fn, method: 'GET', url, headers: [], body: null };
  const run = await place.call(call, signal);
  if (!hasEvents) picturesOf(run).forEach(show);
  return place.name;
}
