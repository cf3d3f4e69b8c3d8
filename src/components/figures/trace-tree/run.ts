/** A live checkout, as a tree. Loaded at the first run. */

import type { TracedCall } from '#faas/core/trace/call-tree.ts';
import { PLACE_NAMES } from '#src/demo/places/names.ts';
import {
  placeFor,
  provenanceOf,
  runForReader,
  type ReaderRunOptions,
} from '#src/demo/places/reader-run.ts';
import { treeOfCall } from '#src/demo/places/run-tree.ts';
import { checkoutCall, type CheckoutSetup } from '../checkout.ts';

/** @throws with what to do, when it cannot be run or its calls are not told */
export async function runCheckout(
  setup: CheckoutSetup,
  options: ReaderRunOptions,
): Promise<{ readonly tree: TracedCall; readonly provenance: string }> {
  const call = checkoutCall(setup);
  const place = await placeFor(call.function);
  const plan = { call, calls: 1, mode: 'sequence', wait: null } as const;
  const { runs } = await runForReader(place, plan, options);
  const request = runs[0]?.request ?? null;
  const tree = request === null ? null : await treeOfCall(place, request, options.signal);
  if (tree !== null) return { tree, provenance: provenanceOf(place) };
  throw new Error(
    `${PLACE_NAMES[place.name].name} does not tell which calls were made, so nothing could be drawn. Choose another place in a demo above.`,
  );
}
