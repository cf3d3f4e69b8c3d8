/**
 * The lives of instances and of the requests that they take. Each names the other, so they share a
 * file: an instance goes starting → ready → leaving → gone, a request as {@link RequestStage} says.
 */

import type { Chain, ChainLink } from './chain.ts';
import type { Ranked } from './newest-first.ts';
import type { Span } from '../trace/span.ts';
import type { StopReason } from '../trace/trace.ts';

/** The least a request says of itself; a driver adds what it needs to run it. */
export interface Work {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/**
 * new → queued | bound → running → ended, and never back, but for a request whose instance was
 * replaced before it was ready, or lost before it had begun the request: that one is placed again.
 */
export type RequestStage = 'new' | 'queued' | 'bound' | 'running' | 'ended';

/** All but `work`, `id` and `span` is written by the pool only. An ended request may be submitted again, as new. */
export class PoolRequest<W extends Work = Work, M = unknown> implements ChainLink<
  PoolRequest<W, M>
> {
  readonly work: W;
  stage: RequestStage = 'new';
  /** The instance it is bound to or runs on, also after its end; null when none took it. */
  instance: PoolInstance<W, M> | null = null;
  /** True if it started that instance. */
  cold = false;
  submittedAt = 0;
  /** When the instance it started was asked for; -1 if it started none. */
  boundAt = -1;
  /** When it was handed over. */
  startedAt = 0;
  /** The caller is gone, and the handler runs on: its end is a failure whatever comes. */
  abandoned = false;
  /** Where it stands in `instance.running`. */
  slot = -1;

  chain: Chain<PoolRequest<W, M>> | null = null;
  before: PoolRequest<W, M> | null = null;
  after: PoolRequest<W, M> | null = null;

  /** Its name in the trace; null until it is given one or the pool has needed one. */
  id: string | null;

  /** Where it stands in a trace; null until it is given a span or the pool has needed one. */
  span: Span | null;

  constructor(work: W, id: string | null = null, span: Span | null = null) {
    this.work = work;
    this.id = id;
    this.span = span;
  }

  /** As on its first day. The pool does this when it is submitted. */
  renew(nowMs: number): void {
    this.stage = 'new';
    this.instance = null;
    this.cold = false;
    this.abandoned = false;
    this.submittedAt = nowMs;
    this.boundAt = -1;
    this.startedAt = 0;
  }

  /** From here on it waits for this instance, which was started for it. */
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

  /** Waiting that was not the start of its own instance, in ms. */
  get queueMs(): number {
    return (this.cold ? this.boundAt : this.startedAt) - this.submittedAt;
  }
}

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
