/** Thirty cold starts of each function, where functions run for this reader. Loaded at the first run. */

import {
  placeFor,
  provenanceOf,
  runForReader,
  type ReaderRunOptions,
} from '#src/demo/places/reader-run.ts';
import { counted } from '#src/format/number.ts';
import { STARTED_KINDS, STARTS, startsPlan } from './setup.ts';
import { startsOf, type StartsOfKind } from './strips.ts';

/** The starts of a run. */
export interface MeasuredOwn {
  readonly own: readonly StartsOfKind[];
  /** Functions that cannot run here, each with its reason. */
  readonly missing: readonly string[];
  /** Where and when. */
  readonly provenance: string;
}

/** @throws with what to do, when nothing can be started or a start fails */
export async function measureStarts(options: ReaderRunOptions): Promise<MeasuredOwn> {
  const { signal, onProgress } = options;
  const own: StartsOfKind[] = [];
  const missing: string[] = [];
  for (const [index, kind] of STARTED_KINDS.entries()) {
    const place = await placeFor(kind.fn).catch((error: unknown) => {
      if (index === 0) throw error;
      missing.push((error as Error).message);
    });
    if (place === undefined) continue;
    const { runs } = await runForReader(place, startsPlan(kind), {
      ...options,
      signal,
      onProgress: (share) =>
        onProgress(
          (index + share) / STARTED_KINDS.length,
          `${kind.label}: ${counted(Math.round(share * STARTS), 'cold start')} of ${STARTS}`,
        ),
    });
    const failed = runs.find(({ status }) => status >= 400);
    if (failed) {
      throw new Error(`A start of ${kind.fn} failed with status ${failed.status}: ${failed.body}`);
    }
    own.push(startsOf(kind.label, runs));
  }
  const place = await placeFor(STARTED_KINDS[0]?.fn ?? '');
  return { own, missing, provenance: provenanceOf(place, `${STARTS} cold starts of each`) };
}
