/**
 * How long a worker's thread was busy. A page cannot read CPU time, and this is the nearest to it: a
 * timer ticks while a call runs, and a late tick means that the thread was working.
 */

/** Shortest interval of a repeated timer in browsers, in ms. */
const TICK_MS = 4;
/** A gap longer than this counts as work; shorter ones are the timer's own inaccuracy. In ms. */
const LATE_MS = 2 * TICK_MS;

/** Measures from its construction until `end`. */
export class BusyMeter {
  #busyMs = 0;
  #since: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #now: () => number;

  /** @param now a clock in ms. @default the worker's own */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
    this.#tick();
  }

  #tick(): void {
    this.#timer = setTimeout(() => {
      const gap = this.#now() - this.#since;
      if (gap > LATE_MS) this.#busyMs += gap - TICK_MS;
      this.#since += gap;
      this.#tick();
    }, TICK_MS);
  }

  /** Stops, and returns the busy time in ms. The time since the last tick counts as busy: at most one tick too much. */
  end(): number {
    clearTimeout(this.#timer);
    return this.#busyMs + (this.#now() - this.#since);
  }
}
