/**
 * The state of instances and requests. The two types refer to each other, so they share a file. An
 * instance goes starting → ready → leaving → gone; for a request see {@link RequestStage}.
 */

import type { Chain, ChainLink } from './chain.ts';
import type { Ranked } from './newest-first.ts';
import type { Span } from '../trace/span.ts';
import type { StopReason } from '../trace/trace.ts';

/** The minimum that a request carries; a driver extends it with what it needs to run it. */
export interface Work {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/**
 * new → queued | bound → running → ended. The one way back: a request is placed again when its
 * instance is replaced before it is ready, or lost before it has begun the request.
 */
export type RequestStage = 'new' | 'queued' | 'bound' | 'running' | 'ended';

/**
 * A request's state in its pool. Only the pool writes it, `work`, `id` and `span` aside. An ended
 * request can be submitted again.
 */
export class PoolRequest<W extends Work = Work, M = unknown> implements ChainLink<
  PoolRequest<W, M>
> {
  readonly work: W;
  stage: RequestStage = 'new';
  /** The instance it is bound to or runs on, kept after its end; null when none took it. */
  instance: PoolInstance<W, M> | null = null;
  /** True if it started that instance. */
  cold = false;
  submittedAt = 0;
  /** Start time of the instance that it started, in clock ms; -1 if it started none. */
  boundAt = -1;
  /** When it was handed to its instance, in clock ms. */
  startedAt = 0;
  /** The caller has left while the handler runs on; the request ends as a failure in any case. */
  abandoned = false;
  /** Its index in `instance.running`; -1 when it is not running. */
  slot = -1;

  chain: Chain<PoolRequest<W, M>> | null = null;
  before: PoolRequest<W, M> | null = null;
  after: PoolRequest<W, M> | null = null;

  /** Its id in the trace; null until the caller sets one or the pool needs one. */
  id: string | null;

  /** Its span in the trace; null until the caller sets one or the pool needs one. */
  span: Span | null;

  constructor(work: W, id: string | null = null, span: Span | null = null) {
    this.work = work;
    this.id = id;
    this.span = span;
  }

  /** Resets all state for reuse. The pool calls it on submission. */
  renew(nowMs: number): void {
    this.stage = 'new';
    this.instance = null;
    this.cold = false;
    this.abandoned = false;
    this.submittedAt = nowMs;
    this.boundAt = -1;
    this.startedAt = 0;
  }

  /** Binds the request to the instance that was started for it. */
  bind(instance: PoolInstance<W, M>): void {
    this.stage = 'bound';
    this.instance = instance;
    this.cold = true;
  }

  unbind(): void {
    this.stage = 'queued';
    this.instance = null;
    this.cold = false;
  }

  /** Time spent waiting in ms, without the start of its own instance. */
  get queueMs(): number {
    return (this.cold ? this.boundAt : this.startedAt) - this.submittedAt;
  }
}

/** Where an instance is in its life, told apart by `is`. */
export type InstanceState<W extends Work = Work, M = unknown> =
  | {
      readonly is: 'starting';
      /** The request that waits for this instance only; null when there is none. */
      bound: PoolRequest<W, M> | null;
    }
  /** Busy while `running` is not empty, else idle. */
  | { readonly is: 'ready'; readonly at: number }
  /** Takes no more requests and finishes those it has; `told` once the driver was asked to stop. */
  | { readonly is: 'leaving'; readonly reason: StopReason; readonly told: boolean }
  | { readonly is: 'gone'; readonly at: number; readonly reason: StopReason };

/** An instance's state in its pool. Only the pool writes it, `machine` aside. */
export class PoolInstance<W extends Work = Work, M = unknown>
  implements ChainLink<PoolInstance<W, M>>, Ranked
{
  readonly id: string;
  /** Increases with each instance of the pool. */
  readonly serial: number;
  /** The driver's own handle for the instance; null until the driver sets it. */
  machine: M | null = null;
  state: InstanceState<W, M>;
  /** When its start was requested, in clock ms. */
  readonly startedAt: number;
  /** The request that it was started for, until it runs; null when it was started ahead of need. */
  cause: PoolRequest<W, M> | null;
  /** One of the policy's `keptInstances`: never reaped, and replaced when it dies. */
  readonly kept: boolean;
  /** Number of requests it has taken. */
  served = 0;
  /** When it last became idle, in clock ms; valid only while it is idle. */
  idleSince = 0;
  /** At most the policy's `concurrency` requests; empty unless ready or leaving. */
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
      // The request object may have been reused since it was bound.
      request.cold = request.boundAt === this.startedAt;
      this.cause = null;
    } else request.cold = false;
    request.slot = this.running.push(request) - 1;
    this.served++;
  }

  /** Removes an ended request from `running` in O(1); this changes the order of the others. */
  release(request: PoolRequest<W, M>): void {
    const last = this.running.pop();
    if (last === undefined || last === request) return;
    this.running[request.slot] = last;
    last.slot = request.slot;
  }

  /** The state as people name it; `ready` is split into `busy` and `idle`. */
  get condition(): 'starting' | 'idle' | 'busy' | 'leaving' | 'gone' {
    if (this.state.is !== 'ready') return this.state.is;
    return this.running.length === 0 ? 'idle' : 'busy';
  }
}
