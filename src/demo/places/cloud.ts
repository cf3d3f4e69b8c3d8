/** The site's own functions where it is deployed. A provider has none of the optional capabilities. */

import { send } from './http.ts';
import { readJson } from './json.ts';
import type { FunctionCall, Place, Run } from './place.ts';
import { runOf } from './run.ts';

export class CloudPlace implements Place {
  readonly name = 'cloud';
  readonly #origin: string;

  private constructor(origin: string) {
    this.#origin = origin;
  }

  /** Null when no function answers at `origin`. */
  static async open(origin: string, signal: AbortSignal): Promise<CloudPlace | null> {
    if ((await readJson(`${origin}/api/hello`, signal)) === null) return null;
    return new CloudPlace(origin);
  }

  missing(): null {
    return null;
  }

  async call(call: FunctionCall, signal: AbortSignal): Promise<Run> {
    return runOf(this.name, call, await send(this.#origin, call, signal), []);
  }
}
