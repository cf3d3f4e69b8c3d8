/**
 * Faults that somebody asks for, to see what becomes of a call: a lesson, or a test of a caller. Each
 * is for one function, and ends by itself after a number of times or a time. Nothing here pretends:
 * a killed instance is killed, and what a lost answer changed stays changed.
 */

import type { BoundedFault, Fault, FaultEntry, FaultName } from '../api.ts';
import type { Clock } from '../core/time/clock.ts';

export const LONGEST_MS = 600_000;

interface Active {
  readonly fault: Fault;
  left: number;
  readonly endsAt: number;
}

export class Faults {
  readonly clock: Clock;
  /** By the path of their function. */
  readonly #active = new Map<string, readonly Active[]>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** These instead of what was asked for before. */
  set(path: string, asked: readonly BoundedFault[]): void {
    const now = this.clock.now();
    const active = asked.map(({ times, forMs, ...fault }) => ({
      fault,
      left: times ?? (forMs === undefined ? 1 : Infinity),
      endsAt: now + (forMs ?? LONGEST_MS),
    }));
    if (active.length === 0) this.#active.delete(path);
    else this.#active.set(path, active);
  }

  /** @param path of a function; null for all */
  clear(path: string | null): void {
    if (path === null) this.#active.clear();
    else this.#active.delete(path);
  }

  /** What can still happen. */
  get active(): FaultEntry[] {
    const now = this.clock.now();
    return [...this.#active].flatMap(([path, all]) =>
      all
        .filter((active) => isLeft(active, now))
        .map(({ fault, left, endsAt }) => ({
          function: path,
          ...fault,
          left: left === Infinity ? null : left,
          endsAt,
        })),
    );
  }

  /** The fault that happens now, which then has one time less; null when none does. */
  take<Name extends FaultName>(path: string, name: Name): Extract<Fault, { is: Name }> | null {
    const active = this.#find(path, name);
    if (active === null) return null;
    active.left -= 1;
    return active.fault as Extract<Fault, { is: Name }>;
  }

  /** The fault that is in force, whether or not anything comes of it; null when none is. */
  inForce<Name extends FaultName>(path: string, name: Name): Extract<Fault, { is: Name }> | null {
    return (this.#find(path, name)?.fault ?? null) as Extract<Fault, { is: Name }> | null;
  }

  #find(path: string, name: FaultName): Active | null {
    const all = this.#active.get(path);
    if (all === undefined) return null;
    const now = this.clock.now();
    const active = all.find((each) => each.fault.is === name && isLeft(each, now));
    if (active !== undefined) return active;
    if (!all.some((each) => isLeft(each, now))) this.#active.delete(path);
    return null;
  }
}

function isLeft({ left, endsAt }: Active, now: number): boolean {
  return left > 0 && now < endsAt;
}
