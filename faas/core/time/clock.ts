/** Time is a parameter of the core: the real clock, or a virtual one. */

export interface Clock {
  /** Milliseconds; only differences and order matter to the core. */
  now(): number;
  /** Calls back once, `delayMs` from now, unless cancelled. */
  after(delayMs: number, callback: () => void): Cancel;
}

export type Cancel = () => void;
