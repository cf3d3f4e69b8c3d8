/** The site's own functions where it is deployed. A provider tells less than our gateway does. */

import { EventLog } from './event-log.ts';
import { send } from './http.ts';
import { readJson } from './json.ts';
import type { Call, Place, Run } from './place.ts';
import { runOf } from './run.ts';

export class CloudPlace implements Place {
  readonly name = 'cloud';
  readonly trace = new EventLog();
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

  async call(call: Call, signal: AbortSignal): Promise<Run> {
    return runOf(this.name, call, await send(this.#origin, call, signal), []);
  }

  policy(): Promise<null> {
    return Promise.resolve(null);
  }

  instances(): Promise<null> {
    return Promise.resolve(null);
  }
}
