/** A true run of functions that call one another, made by the build: warm, as the second of two. */

import { type } from 'node:os';
import type { TracedCall } from '#faas/core/trace/call-tree.ts';
import { LocalPlace } from '#src/demo/places/local.ts';
import type { FunctionCall } from '#src/demo/places/place.ts';
import { treeOfCall } from '#src/demo/places/run-tree.ts';
import { untilCalm } from './calm.ts';
import { callingAlone, inTurn } from './turns.ts';

/** What a page keeps of it. */
export interface TreeRecording {
  readonly tree: TracedCall;
  /** When it was made, in ms since the Unix epoch. */
  readonly since: number;
  /** What it ran on: `Node 24.21.0, Linux`. */
  readonly machine: string;
}

/** How long one waits for a machine with time to spare. */
const PATIENCE_MS = 5_000;

/** A machine that is busy with other work can be too late for a limit; it is tried so often. */
const ATTEMPTS = 3;

/**
 * @param holds whether a run is what the page says of it
 * @returns null when no run held
 * @throws when no gateway answers
 */
export async function recordTree(
  call: FunctionCall,
  holds: (tree: TracedCall) => boolean,
): Promise<TreeRecording | null> {
  const origin = process.env['FAAS_ORIGIN'] ?? '';
  const { signal } = new AbortController();
  const place = await LocalPlace.open(origin, {}, signal);
  if (place === null) throw new Error(`Expected a gateway at FAAS_ORIGIN, and found "${origin}".`);
  return inTurn(call.function, () =>
    callingAlone(async () => {
      await place.call(call, signal);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        await untilCalm(PATIENCE_MS);
        const since = Date.now();
        const { request } = await place.call(call, signal);
        const tree = request === null ? null : await treeOfCall(place, request, signal);
        if (tree === null || !holds(tree)) continue;
        return { tree, since, machine: `Node ${process.versions.node}, ${type()}` };
      }
      process.emitWarning(`No run of ${call.url} was as it should be. Is this machine busy?`);
      return null;
    }),
  );
}
