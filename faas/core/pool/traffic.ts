/** The requests of a pool that have not ended: who waits in line, who is bound, who runs. */

import { Alarm, isDue } from '../time/alarm.ts';
import { Chain } from './chain.ts';
import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { PoolOptions } from './pool-port.ts';

/** What the pool does with those whose time is up. */
export interface Overdue<W extends Work, M> {
  /** It has waited in the queue for `maxQueueMs`. */
  waited(request: PoolRequest<W, M>): void;
  /** It has run for `timeLimitMs`. */
  overran(request: PoolRequest<W, M>): void;
}

export class Traffic<W extends Work, M> {
  readonly #maxQueued: number;
  readonly #maxQueueMs: number;
  readonly #timeLimitMs: number;
  /** First come, first served. Empty whenever an instance has room. */
  readonly #queue = new Chain<PoolRequest<W, M>>();
  /** What runs, by time of start: since all have the same limit, the first is due first. */
  readonly #inFlight = new Chain<PoolRequest<W, M>>();
  readonly #waiting: Alarm;
  readonly #limiting: Alarm;
  /** How many wait for the instance that was started for them. */
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

  /** Takes the first in line off. It is to be placed, or to be `putBack`. */
  next(): PoolRequest<W, M> | null {
    return this.#queue.shift();
  }

  putBack(request: PoolRequest<W, M>): void {
    request.stage = 'queued';
    this.#queue.unshift(request);
    this.#waiting.set(request.submittedAt + this.#maxQueueMs);
  }

  /** The request that waits for this instance goes back to the head of the line. */
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

  /** The instance that ran the request had not begun it: it goes back to the head of the line. */
  takeBack(request: PoolRequest<W, M>): void {
    this.#inFlight.remove(request);
    request.instance?.release(request);
    request.unbind();
    this.putBack(request);
  }

  /** The request has ended: takes it out of wherever it is. */
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

  /** Nobody is left: no timer stays behind. */
  silence(): void {
    this.#waiting.clear();
    this.#limiting.clear();
  }
}
