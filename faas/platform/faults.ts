/**
 * Fault injection, for lessons and for testing callers. A fault applies to one function and ends
 * after a number of times or a period. Faults are real: a killed instance is killed, and the side
 * effects of a call whose answer was lost remain.
 */

import type { BoundedFault, Fault, FaultEntry, FaultName } from '../api.ts';
import type { Clock } from '../core/time/clock.ts';
import { FAULT_BOUNDS } from './fault-options.ts';

interface Active {
  readonly fault: Fault;
  left: number;
  readonly endsAt: number;
}

/** The faults in force on one platform. */
export class Faults {
  readonly clock: Clock;
  readonly #whyNot: (name: string, is: FaultName) => string | null;
  /** By function name. */
  readonly #active = new Map<string, readonly Active[]>();

  /** @param whyNot null when a fault can apply to a function; else the reason. @default any can */
  constructor(clock: Clock, whyNot: (name: string, is: FaultName) => string | null = () => null) {
    this.clock = clock;
    this.#whyNot = whyNot;
  }

  /**
   * Replaces the faults of a function.
   * @throws RangeError, without any change, when one of them cannot apply to the function here
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

  /** The faults that can still happen. */
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

  /** Uses up one occurrence of the fault and returns it; null when none is in force. */
  take<Is extends FaultName>(name: string, is: Is): Extract<Fault, { is: Is }> | null {
    const active = this.#find(name, is);
    if (active === null) return null;
    active.left -= 1;
    return active.fault as Extract<Fault, { is: Is }>;
  }

  /** The fault in force, without using it up; null when there is none. */
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
