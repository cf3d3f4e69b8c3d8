/** The life of one instance: starting → ready → leaving → gone. */

import type { Chain, ChainLink } from './chain.ts';
import type { Ranked } from './newest-first.ts';
import type { PoolRequest, Work } from './request.ts';
import type { StopReason } from '../trace/trace.ts';

export type InstanceState<W extends Work = Work, M = unknown> =
  | {
      readonly is: 'starting';
      /** The request that waits for it and for nothing else, if any. */
      bound: PoolRequest<W, M> | null;
    }
  /** Busy while `running` is not empty, else idle. */
  | { readonly is: 'ready'; readonly at: number }
  /** Takes no more requests, finishes those it has, and is then told to go. */
  | { readonly is: 'leaving'; readonly reason: StopReason; readonly told: boolean }
  | { readonly is: 'gone'; readonly at: number; readonly reason: StopReason };

/** All but `machine` is written by the pool only. */
export class PoolInstance<W extends Work = Work, M = unknown>
  implements ChainLink<PoolInstance<W, M>>, Ranked
{
  readonly id: string;
  /** Greater for those that were asked for later. */
  readonly serial: number;
  /** What the driver runs it on; null until the driver sets it. */
  machine: M | null = null;
  state: InstanceState<W, M>;
  /** When it was asked for. */
  readonly startedAt: number;
  /** The request that it was started for, until it runs; null when it was started ahead of need. */
  cause: PoolRequest<W, M> | null;
  /** Kept ready by the policy: never reaped, replaced when it dies. */
  readonly kept: boolean;
  /** Requests it has taken in its life. */
  served = 0;
  /** When it last ran out of work; means something only while it is idle. */
  idleSince = 0;
  /** Never longer than the policy's `concurrency`; empty unless ready or leaving. */
  readonly running: PoolRequest<W, M>[] = [];

  rank = -1;
  chain: Chain<PoolInstance<W, M>> | null = null;
  before: PoolInstance<W, M> | null = null;
  after: PoolInstance<W, M> | null = null;

  constructor(
    id: string,
    serial: number,
    startedAt: number,
    cause: PoolRequest<W, M> | null,
    kept: boolean,
  ) {
    this.id = id;
    this.serial = serial;
    this.startedAt = startedAt;
    this.kept = kept;
    this.cause = cause;
    this.state = { is: 'starting', bound: null };
  }

  take(request: PoolRequest<W, M>): void {
    request.instance = this;
    if (this.cause === request) {
      // The object may be in its next life by now.
      request.cold = request.boundAt === this.startedAt;
      this.cause = null;
    } else request.cold = false;
    request.slot = this.running.push(request) - 1;
    this.served++;
  }

  /** Takes an ended request off; the order of the others does not matter. */
  release(request: PoolRequest<W, M>): void {
    const last = this.running.pop();
    if (last === undefined || last === request) return;
    this.running[request.slot] = last;
    last.slot = request.slot;
  }

  /** One word for people: `busy` and `idle` are both `ready`. */
  get condition(): 'starting' | 'idle' | 'busy' | 'leaving' | 'gone' {
    if (this.state.is !== 'ready') return this.state.is;
    return this.running.length === 0 ? 'idle' : 'busy';
  }
}
