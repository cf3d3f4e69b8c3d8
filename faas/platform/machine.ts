/** The driver's side of a pool instance: a start under way, then the running instance. */

import type { PoolRequest } from '../core/pool/lives.ts';
import type { describe } from '../drivers/failure.ts';
import type { RunningInstance } from '../drivers/protocol.ts';
import type { PendingCall } from './pending-call.ts';

/** The pending start or the running instance behind a pool instance. */
export class Machine {
  /** Null until it is ready. */
  running: RunningInstance | null = null;
  /** Why it failed to start, or how it ended; null while neither has happened. */
  failure: ReturnType<typeof describe> | null = null;
  /** Calls that it was given but lost before beginning them; another instance runs them. */
  readonly unbegun = new Set<PoolRequest<PendingCall, Machine>>();
  /** Stopped between two calls. */
  isFrozen = false;
  readonly #unwanted = new AbortController();

  /** A signal that aborts when the start is no longer wanted. */
  get starting(): AbortSignal {
    return this.#unwanted.signal;
  }

  /** Takes the started instance. Returns false, and ends it, when it is no longer wanted. */
  take(running: RunningInstance): boolean {
    if (this.#unwanted.signal.aborted) {
      running.kill();
      return false;
    }
    this.running = running;
    return true;
  }

  /** Stops it where it is, while it has no call. */
  freeze(): void {
    this.running?.freeze?.();
    this.isFrozen = true;
  }

  /** Lets it go on. Returns false, without effect, when it is not frozen. */
  thaw(): boolean {
    if (!this.isFrozen) return false;
    this.running?.thaw?.();
    this.isFrozen = false;
    return true;
  }

  /** Stops it gracefully. Returns false if it never became ready: `exited` will not report then. */
  stop(): boolean {
    if (this.running === null) return this.kill();
    void this.running.stop();
    return true;
  }

  /** Ends it at once. Returns false if it never became ready, so that `exited` will not report. */
  kill(): boolean {
    this.#unwanted.abort();
    this.running?.kill();
    return this.running !== null;
  }
}
