/** How long each of many warm calls took, one after another, made by the build. */

import { type } from 'node:os';
import { LocalPlace } from '#src/demo/places/local.ts';
import type { FunctionCall } from '#src/demo/places/place.ts';
import { callingAlone, inTurn } from './turns.ts';

/** What a page keeps of it. */
export interface RecordedTimes {
  /** In ms, in the order of the calls. */
  readonly times: readonly number[];
  /** When the first was made, in ms since the Unix epoch. */
  readonly since: number;
  /** What it ran on: `Node 24.21.0, Linux`. */
  readonly machine: string;
}

/** @throws when no gateway answers, or a call is not answered with 200 */
export async function recordTimes(call: FunctionCall, count: number): Promise<RecordedTimes> {
  const origin = process.env['FAAS_ORIGIN'] ?? '';
  const { signal } = new AbortController();
  const place = await LocalPlace.open(origin, {}, signal);
  if (place === null) throw new Error(`Expected a gateway at FAAS_ORIGIN, and found "${origin}".`);
  return inTurn(call.function, () =>
    callingAlone(async () => {
      await place.call(call, signal);
      const since = Date.now();
      const times: number[] = [];
      while (times.length < count) {
        const { status, totalMs } = await place.call(call, signal);
        if (status !== 200)
          throw new Error(`${call.url} was to answer 200, and answered ${status}.`);
        times.push(totalMs);
      }
      return { times, since, machine: `Node ${process.versions.node}, ${type()}` };
    }),
  );
}
