/**
 * Faults that somebody asks for, to see what becomes of a call: a lesson, or a test of a caller. Each
 * is for one function, and ends by itself after a number of times or a time. Nothing here pretends:
 * a killed instance is killed, and what a lost answer changed stays changed.
 */

import type { Clock } from '../core/time/clock.ts';

export type Fault =
  /** Each start takes this much longer. 0–60,000 ms. */
  | { readonly is: 'slow-start'; readonly ms: number }
  /** An instance never becomes ready. */
  | { readonly is: 'failed-start' }
  /** The instance is killed this long after it was given a call. 0–60,000 ms. @default 0 */
  | { readonly is: 'kill'; readonly afterMs?: number }
  /** The handler runs to its end, and its answer never arrives. */
  | { readonly is: 'lost-answer' }
  /** The answer arrives this much later, and its instance is held until then. 0–60,000 ms. */
  | { readonly is: 'slow-answer'; readonly ms: number }
  /** A call is turned away before any instance sees it. */
  | { readonly is: 'throttle' }
  /**
   * All instances of the function have this many connections between them, one for each call that
   * runs, and a call that finds none left fails. 0–1,000.
   */
  | { readonly is: 'few-connections'; readonly most: number };

export type FaultName = Fault['is'];

export interface Bounds {
  /** How often it happens. Integer from 1 to 1,000. @default 1, or without end if `forMs` is given */
  readonly times?: number;
  /** How long it may happen. From 1 to 600,000 ms. @default 600_000 */
  readonly forMs?: number;
}

export type AskedFault = Fault & Bounds;

export const LONGEST_MS = 600_000;

/** An entry of `/_faas/faults`. */
export type FaultView = Fault & {
  /** Path of its function. */
  readonly function: string;
  /** How often it will still happen; null: as often as there is a chance. */
  readonly left: number | null;
  /** When it ends, in ms since the Unix epoch. */
  readonly endsAt: number;
};

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
  set(path: string, asked: readonly AskedFault[]): void {
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
  get active(): FaultView[] {
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
