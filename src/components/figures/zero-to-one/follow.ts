/** Calls a function where functions run for this reader, and tells what becomes of its instance. */

import { isOf } from '#faas/core/trace/trace.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { PlaceName, Run } from '#src/demo/places/place.ts';
import { after, picturesOf, type Picture } from './picture.ts';

export interface Followed {
  readonly place: PlaceName;
  readonly run: Run;
}

/**
 * @param from what is shown now
 * @param signal ends the call, and the following, which goes on after the answer
 * @throws when no answer came at all
 */
export async function follow(
  { path, url }: { readonly path: string; readonly url: string },
  from: Picture,
  show: (picture: Picture) => void,
  signal: AbortSignal,
): Promise<Followed> {
  const place = await currentPlace();
  let picture = from;
  let told = false;
  const since = Date.now();
  place.trace?.watch((event) => {
    // A place that was opened just now begins with what it has kept from before.
    if (!isOf(event, path) || event.at < since) return;
    told = true;
    const next = after(picture, event);
    if (next === picture) return;
    picture = next;
    show(picture);
  }, signal);
  const call = { function: path, method: 'GET', url, headers: [], body: null };
  const run = await place.call(call, signal);
  if (!told) picturesOf(run).forEach(show);
  return { place: place.name, run };
}
