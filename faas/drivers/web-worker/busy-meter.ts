/**
 * How long the one thread of a worker was busy: what comes closest to CPU time in a page, which is
 * told none. A timer ticks while a call runs, and where a tick comes late the thread was working.
 */

/** Browsers let no repeated timer come sooner, in ms. */
const TICK_MS = 4;
/** A tick that is later than this was held up. Waiting for a timer alone is less exact than that. */
const LATE_MS = 2 * TICK_MS;

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

  /** Ends the measurement. The stretch since the last tick counts as work: that is at most a tick too much. */
  end(): number {
    clearTimeout(this.#timer);
    return this.#busyMs + (this.#now() - this.#since);
  }
}
