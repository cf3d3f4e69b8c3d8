/**
 * Faults that somebody asks for, to see what becomes of a call: a lesson, or a test of a caller. Each
 * is for one function, and ends by itself after a number of times or a time. Nothing here pretends:
 * a killed instance is killed, and what a lost answer changed stays changed.
 */

import type { BoundedFault, Fault, FaultEntry, FaultName } from '../api.ts';
import type { Clock } from '../core/time/clock.ts';
import { FAULT_BOUNDS } from './fault-options.ts';

interface Active {
  readonly fault: Fault;
  left: number;
  readonly endsAt: number;
}

export class Faults {
  readonly clock: Clock;
  readonly #whyNot: (name: string, is: FaultName) => string | null;
  /** By the name of their function. */
  readonly #active = new Map<string, readonly Active[]>();

  /** @param whyNot null when a fault can befall a function; else why not @default any can */
  constructor(clock: Clock, whyNot: (name: string, is: FaultName) => string | null = () => null) {
    this.clock = clock;
    this.#whyNot = whyNot;
  }

  /**
   * These instead of what was asked for before.
   * @throws RangeError, and changes nothing, when one of them cannot befall the function here
   */
  set(name: string, asked: readonly BoundedFault[]): void {
    for (const { is } of asked) {
      const reason = this.#whyNot(name, is);
      if (reason !== null) throw new RangeError(reason);
    }
    const now = this.clock.now();
    const active = asked.map(({ times, forMs, ...fault }) => ({
      fault,
      left: times ?? (forMs === undefined ? 1 : Infinity),
      endsAt: now + (forMs ?? FAULT_BOUNDS.forMs.default),
    }));
    if (active.length === 0) this.#active.delete(name);
    else this.#active.set(name, active);
  }

  /** @param name of a function; null for all */
  clear(name: string | null): void {
    if (name === null) this.#active.clear();
    else this.#active.delete(name);
  }

  /** What can still happen. */
  get active(): FaultEntry[] {
    const now = this.clock.now();
    return [...this.#active].flatMap(([name, all]) =>
      all
        .filter((active) => isLeft(active, now))
        .map(({ fault, left, endsAt }) => ({
          function: name,
          ...fault,
          left: left === Infinity ? null : left,
          endsAt,
        })),
    );
  }

  /** The fault that happens now, which then has one time less; null when none does. */
  take<Is extends FaultName>(name: string, is: Is): Extract<Fault, { is: Is }> | null {
    const active = this.#find(name, is);
    if (active === null) return null;
    active.left -= 1;
    return active.fault as Extract<Fault, { is: Is }>;
  }

  /** The fault that is in force, whether or not anything comes of it; null when none is. */
  inForce<Is extends FaultName>(name: string, is: Is): Extract<Fault, { is: Is }> | null {
    return (this.#find(name, is)?.fault ?? null) as Extract<Fault, { is: Is }> | null;
  }

  #find(name: string, is: FaultName): Active | null {
    const all = this.#active.get(name);
    if (all === undefined) return null;
    const now = this.clock.now();
    const active = all.find((each) => each.fault.is === is && isLeft(each, now));
    if (active !== undefined) return active;
    if (!all.some((each) => isLeft(each, now))) this.#active.delete(name);
    return null;
  }
}

function isLeft({ left, endsAt }: Active, now: number): boolean {
  return left > 0 && now < endsAt;
}
