/** What stands behind an instance of the pool: a start that is under way, then what it became. */

import type { PoolRequest } from '../core/pool/lives.ts';
import type { describe } from '../drivers/failure.ts';
import type { RunningInstance } from '../drivers/protocol.ts';
import type { PendingCall } from './pending-call.ts';

export class Machine {
  /** Null until it is ready. */
  running: RunningInstance | null = null;
  /** Why it did not start, or how it ended; null while neither has happened. */
  failure: ReturnType<typeof describe> | null = null;
  /** Calls that it was given and lost before it had begun them: another instance runs them. */
  readonly unbegun = new Set<PoolRequest<PendingCall, Machine>>();
  readonly #unwanted = new AbortController();

  /** Aborts when the start is no longer wanted. */
  get starting(): AbortSignal {
    return this.#unwanted.signal;
  }

  /** Returns false, and ends it, when it came too late to be wanted. */
  take(running: RunningInstance): boolean {
    if (this.#unwanted.signal.aborted) {
      running.kill();
      return false;
    }
    this.running = running;
    return true;
  }

  /** Returns false when its end will not be reported by `exited`, since it never became ready. */
  stop(): boolean {
    if (this.running === null) return this.kill();
    void this.running.stop();
    return true;
  }

  /** Returns false when its end will not be reported by `exited`, since it never became ready. */
  kill(): boolean {
    this.#unwanted.abort();
    this.running?.kill();
    return this.running !== null;
  }
}
