/** How many calls a key has in one period, such as a day. */

/** What is left of a quota. */
export interface Remaining {
  readonly isLet: boolean;
  readonly calls: number;
  /** Whole seconds until the next period begins. */
  readonly nextPeriodS: number;
}

/** The calls of one key. */
export class Quota {
  readonly #most: number;
  readonly #periodMs: number;
  #period = -Infinity;
  #used = 0;

  /** @param periodS periods begin at its multiples since the Unix epoch */
  constructor(most: number, periodS: number) {
    this.#most = most;
    this.#periodMs = periodS * 1000;
  }

  /** What `take` would say, without taking. @param now in ms since the Unix epoch */
  look(now: number): Remaining {
    const calls = this.#most - this.#usedAt(now);
    const next = (this.#periodAt(now) + 1) * this.#periodMs;
    return { isLet: calls > 0, calls, nextPeriodS: Math.max(1, Math.ceil((next - now) / 1000)) };
  }

  /** Counts a call where there is one left. */
  take(now: number): Remaining {
    const remaining = this.look(now);
    if (!remaining.isLet) return remaining;
    this.#used = this.#usedAt(now) + 1;
    this.#period = this.#periodAt(now);
    return { ...remaining, calls: remaining.calls - 1 };
  }

  /** A clock that goes back does not bring a used period again. */
  #periodAt(now: number): number {
    return Math.max(this.#period, Math.floor(now / this.#periodMs));
  }

  #usedAt(now: number): number {
    return this.#periodAt(now) === this.#period ? this.#used : 0;
  }
}
