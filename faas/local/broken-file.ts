/** Takes the place of a function whose file has a mistake, and answers every call with that mistake. */

import type { FunctionSpec } from '../core/function.ts';
import { KnownFailure } from '../drivers/failure.ts';
import type { Driver, Lacks, RunningInstance } from '../drivers/protocol.ts';

/** A driver whose every start fails with one message. */
export class BrokenFile implements Driver {
  /** Empty, because it never has an instance. */
  readonly lacks: Lacks = {};
  readonly #message: string;

  /** @param message the mistake and its cure */
  constructor(message: string) {
    this.#message = message;
  }

  missing(_spec: FunctionSpec): null {
    return null;
  }

  start(_spec: FunctionSpec): Promise<RunningInstance> {
    return Promise.reject(new KnownFailure('start-failed', this.#message));
  }
}
