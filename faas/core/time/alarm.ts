/**
 * One timer for a whole line of deadlines. It is set for the earliest; by the time it rings that one
 * may have been met, so it looks who is first now and is set again. A timer per request or per
 * instance would cost more than the request.
 */

import type { Cancel, Clock } from './clock.ts';

/**
 * Near the Unix epoch of today a double of milliseconds has steps of 0.0002: what is this close is
 * due, or an alarm could ring for a deadline that its own clock can never reach.
 */
const SLACK_MS = 0.001;

export function isDue(deadlineMs: number, nowMs: number): boolean {
  return deadlineMs - nowMs < SLACK_MS;
}

export class Alarm {
  readonly #clock: Clock;
  readonly #look: () => void;
  #cancel: Cancel | null = null;

  /** @param look deals with whatever is due, and sets the alarm again if anything is left */
  constructor(clock: Clock, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  get isSet(): boolean {
    return this.#cancel !== null;
  }

  /** Nothing if it is set already: then it is set for something earlier. Never rings at Infinity. */
  set(deadlineMs: number): void {
    if (this.#cancel !== null || deadlineMs === Infinity) return;
    const delayMs = Math.max(0, deadlineMs - this.#clock.now());
    this.#cancel = this.#clock.after(delayMs, () => {
      this.#cancel = null;
      this.#look();
    });
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
