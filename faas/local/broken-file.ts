/** Stands for a function whose file holds a mistake: every call of it is told what the mistake is. */

import type { FunctionSpec } from '../core/function.ts';
import { KnownFailure } from '../drivers/failure.ts';
import type { Driver, Lacks, RunningInstance } from '../drivers/protocol.ts';

export class BrokenFile implements Driver {
  /** It has no instances that could show what is lacking. */
  readonly lacks: Lacks = {};
  readonly #message: string;

  /** @param message what is wrong, and the cure */
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
