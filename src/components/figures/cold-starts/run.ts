/** Thirty cold starts of each function, where functions run for this reader. Loaded at the first run. */

import {
  placeFor,
  provenanceOf,
  runInTurnForReader,
  type ReaderRunOptions,
} from '#src/demo/places/reader-run.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import { STARTED_KINDS, STARTS, startsPlan } from './setup.ts';
import { startsOf, type StartsOfKind } from './strips.ts';

/** The starts of a run. */
export interface MeasuredOwn {
  readonly own: readonly StartsOfKind[];
  /** What cannot be started here, a sentence each. */
  readonly missing: readonly string[];
  /** Where and when. */
  readonly provenance: string;
}

/** @throws with what to do, when nothing can be started or a start fails */
export async function measureStarts(options: ReaderRunOptions): Promise<MeasuredOwn> {
  const [plain] = STARTED_KINDS;
  const place = plain === undefined ? await currentPlace() : await placeFor(plain.fn);
  const here = STARTED_KINDS.filter(({ fn }) => place.missing(fn) === null);
  const runs = await runInTurnForReader(place, here.map(startsPlan), options);
  const failed = runs.flat().find(({ status }) => status >= 400);
  if (failed) {
    throw new Error(
      `A start of ${failed.call.function} failed with status ${failed.status}: ${failed.body}`,
    );
  }
  return {
    own: here.map(({ label }, index) => startsOf(label, runs[index] ?? [])),
    missing: STARTED_KINDS.filter((kind) => !here.includes(kind)).map(
      ({ label }) =>
        `${label} cannot be started here and is left out: what was recorded of it is from another machine.`,
    ),
    provenance: provenanceOf(place, `${STARTS} cold starts of each`),
  };
}
