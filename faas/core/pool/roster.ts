/** Indexes the instances of a pool by availability, so that choosing one is fast. */

import { Chain } from './chain.ts';
import type { PoolInstance, Work } from './lives.ts';
import { NewestFirst } from './newest-first.ts';
import type { ScalingPolicy } from '../scaling/policy.ts';

/** The instances of one pool by availability: idle, kept and idle, or busy with room. */
export class Roster<W extends Work, M> {
  readonly #concurrency: number;
  readonly #spread: boolean;
  /** Idle and not kept. The newest is used first, so that the others can expire. */
  readonly #idle = new NewestFirst<PoolInstance<W, M>>();
  /** The same instances in order of becoming idle; the first expires first. */
  readonly #resting = new Chain<PoolInstance<W, M>>();
  /** Idle and kept: used before the others, never reaped. */
  readonly #keptIdle = new NewestFirst<PoolInstance<W, M>>();
  /** Busy with room for more, in order of becoming so; with `spread`, least recently used first. */
  readonly #open = new Chain<PoolInstance<W, M>>();
  /** All that are not gone, oldest first. Placing a request on an instance does not change it. */
  readonly all = new Set<PoolInstance<W, M>>();

  constructor({ concurrency, spread = false }: ScalingPolicy) {
    this.#concurrency = concurrency;
    this.#spread = spread;
  }

  get idle(): number {
    return this.#idle.length + this.#keptIdle.length;
  }

  get open(): number {
    return this.#open.length;
  }

  /** The idle one to use next. */
  get nextIdle(): PoolInstance<W, M> | null {
    return this.#keptIdle.newest ?? this.#idle.newest;
  }

  /** The busy one with room to use next. */
  get nextOpen(): PoolInstance<W, M> | null {
    return this.#spread ? this.#open.first : this.#open.last;
  }

  /** The idle one to reap next. */
  get nextReaped(): PoolInstance<W, M> | null {
    return this.#resting.first;
  }

  hasRoom(instance: PoolInstance<W, M>): boolean {
    return instance.state.is === 'ready' && instance.running.length < this.#concurrency;
  }

  /** Re-files an instance after its state or its number of requests has changed. */
  file(instance: PoolInstance<W, M>, nowMs: number): void {
    const hasRoom = this.hasRoom(instance);
    const isIdle = hasRoom && instance.running.length === 0;
    const isOpen = hasRoom && !isIdle;
    const wasOpen = instance.chain === this.#open;
    if (wasOpen && (!isOpen || this.#spread)) this.#open.remove(instance);
    if (isIdle !== instance.rank >= 0) {
      if (isIdle) this.#rest(instance, nowMs);
      else this.#rouse(instance);
    }
    if (isOpen && instance.chain !== this.#open) this.#open.push(instance);
  }

  #rest(instance: PoolInstance<W, M>, nowMs: number): void {
    instance.idleSince = nowMs;
    if (instance.kept) return this.#keptIdle.add(instance);
    this.#idle.add(instance);
    this.#resting.push(instance);
  }

  #rouse(instance: PoolInstance<W, M>): void {
    if (instance.kept) return this.#keptIdle.remove(instance);
    this.#idle.remove(instance);
    this.#resting.remove(instance);
  }
}
