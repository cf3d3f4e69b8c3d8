/** Time is a parameter of the core: the real clock, or a virtual one. */

/** A source of time and timers. */
export interface Clock {
  /** Milliseconds; only differences and order matter to the core. */
  now(): number;
  /** Calls back once, `delayMs` from now, unless cancelled. */
  after(delayMs: number, callback: () => void): Cancel;
}

/** Cancels the callback; no effect once it has run. */
export type Cancel = () => void;
