/** The site's own functions where it is deployed. A provider has none of the optional capabilities. */

import { send } from './http.ts';
import type { FunctionCall, Place, Run } from './place.ts';
import { runOf } from './run.ts';

export class CloudPlace implements Place {
  readonly name = 'cloud';
  readonly #origin: string;

  /** @param origin where its functions answer */
  constructor(origin: string) {
    this.#origin = origin;
  }

  missing(): null {
    return null;
  }

  async call(call: FunctionCall, signal: AbortSignal): Promise<Run> {
    return runOf(this.name, call, await send(this.#origin, call, signal), []);
  }
}
