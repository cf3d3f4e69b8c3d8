/** The requests of a pool that have not ended: queued, bound or running. */

import { Alarm, isDue } from '../time/alarm.ts';
import { Chain } from './chain.ts';
import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { PoolOptions } from './pool-port.ts';

/** Callbacks for requests that exceed a time limit. */
export interface Overdue<W extends Work, M> {
  /** It has waited in the queue for `maxQueueMs`. */
  waited(request: PoolRequest<W, M>): void;
  /** It has run for `timeLimitMs`. */
  overran(request: PoolRequest<W, M>): void;
}

/** The queue and the running requests of one pool, with their deadlines. */
export class Traffic<W extends Work, M> {
  readonly #maxQueued: number;
  readonly #maxQueueMs: number;
  readonly #timeLimitMs: number;
  /** FIFO. Empty whenever an instance has room. */
  readonly #queue = new Chain<PoolRequest<W, M>>();
  /** Running requests by start time. All have the same limit, so the first is due first. */
  readonly #inFlight = new Chain<PoolRequest<W, M>>();
  readonly #waiting: Alarm;
  readonly #limiting: Alarm;
  /** Number of requests that wait for the instance that was started for them. */
  bound = 0;

  constructor({ clock, policy, timeLimitMs }: PoolOptions<W, M>, overdue: Overdue<W, M>) {
    this.#maxQueued = policy.maxQueued;
    this.#maxQueueMs = policy.maxQueueMs;
    this.#timeLimitMs = timeLimitMs ?? Infinity;
    this.#waiting = new Alarm(clock, () => {
      const now = clock.now();
      for (let head = this.#queue.first; head !== null; head = this.#queue.first) {
        const deadline = head.submittedAt + this.#maxQueueMs;
        if (!isDue(deadline, now)) return this.#waiting.set(deadline);
        overdue.waited(head);
      }
    });
    this.#limiting = new Alarm(clock, () => {
      const now = clock.now();
      for (let head = this.#inFlight.first; head !== null; head = this.#inFlight.first) {
        const deadline = head.startedAt + this.#timeLimitMs;
        if (!isDue(deadline, now)) return this.#limiting.set(deadline);
        overdue.overran(head);
      }
    });
  }

  get running(): number {
    return this.#inFlight.length;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get isFull(): boolean {
    return this.#queue.length >= this.#maxQueued;
  }

  enqueue(request: PoolRequest<W, M>): void {
    request.stage = 'queued';
    this.#queue.push(request);
    this.#waiting.set(request.submittedAt + this.#maxQueueMs);
  }

  /** Removes the head of the queue. The caller places it or calls `putBack`. */
  next(): PoolRequest<W, M> | null {
    return this.#queue.shift();
  }

  putBack(request: PoolRequest<W, M>): void {
    request.stage = 'queued';
    this.#queue.unshift(request);
    this.#waiting.set(request.submittedAt + this.#maxQueueMs);
  }

  /** Returns the request bound to this instance to the head of the queue. */
  unbind({ state }: PoolInstance<W, M>): void {
    if (state.is !== 'starting' || state.bound === null) return;
    const request = state.bound;
    state.bound = null;
    this.bound--;
    request.unbind();
    this.putBack(request);
  }

  begin(request: PoolRequest<W, M>, instance: PoolInstance<W, M>, nowMs: number): void {
    if (request.stage === 'bound') this.bound--;
    request.stage = 'running';
    request.startedAt = nowMs;
    instance.take(request);
    this.#inFlight.push(request);
    this.#limiting.set(nowMs + this.#timeLimitMs);
  }

  /** Returns a request that its instance had not begun to the head of the queue. */
  takeBack(request: PoolRequest<W, M>): void {
    this.#inFlight.remove(request);
    request.instance?.release(request);
    request.unbind();
    this.putBack(request);
  }

  /** Removes an ended request from the queue, its instance or the running list. */
  end(request: PoolRequest<W, M>): void {
    const { stage, instance } = request;
    request.stage = 'ended';
    if (stage === 'queued') this.#queue.remove(request);
    if (instance === null) return;
    if (stage === 'bound' && instance.state.is === 'starting') {
      instance.state.bound = instance.cause = null;
      this.bound--;
    }
    if (stage === 'running') {
      this.#inFlight.remove(request);
      instance.release(request);
    }
  }

  /** Cancels all timers; called when the pool is empty. */
  silence(): void {
    this.#waiting.clear();
    this.#limiting.clear();
  }
}
