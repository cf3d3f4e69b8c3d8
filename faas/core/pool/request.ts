/** One request on its way through a pool. */

import type { Chain, ChainLink } from './chain.ts';
import type { PoolInstance } from './instance.ts';
import type { Span } from '../trace/span.ts';

/** The least a request says of itself; a driver adds what it needs to run it. */
export interface Work {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

/**
 * new → queued | bound → running → ended, and never back, but for a bound request whose instance
 * was replaced before it was ready: that one is placed again.
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
