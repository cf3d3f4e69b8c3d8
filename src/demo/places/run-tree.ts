/** A run as a tree: the call that was made, and those that functions made for it. */

import { callTrees, hasEnded, type TracedCall } from '#faas/core/trace/call-tree.ts';
import { pause } from './pause.ts';
import type { Place } from './place.ts';

/** A call that its caller gave up goes on: no longer than a function may run. In ms. */
const PATIENCE_MS = 12_000;
const ASK_AGAIN_MS = 40;

/**
 * Waits until all of it has ended, or for as long as anything may run.
 *
 * @param request name of the call in the trace
 * @returns null where the place does not tell
 */
export async function treeOfCall(
  place: Pick<Place, 'tree'>,
  request: string,
  signal: AbortSignal,
): Promise<TracedCall | null> {
  if (place.tree === undefined) return null;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const trees = callTrees(await place.tree(request, signal));
    const tree = trees.find((root) => root.request === request) ?? null;
    if ((tree !== null && hasEnded(tree)) || Date.now() > until) return tree;
    await pause(ASK_AGAIN_MS, signal);
  }
}
