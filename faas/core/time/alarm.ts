/**
 * One timer for a queue of deadlines, since a timer per request would cost more than the request. It
 * is set for the earliest deadline. That may be obsolete when the timer fires, so the callback checks
 * which deadline is now first and sets the alarm again.
 */

import type { Cancel, Clock } from './clock.ts';

/**
 * A double of today's Unix time in milliseconds has steps of 0.0002. Deadlines within this slack
 * count as due, or rounding could make an alarm fire just short of its deadline.
 */
const SLACK_MS = 0.001;

/** Whether a deadline has passed, within the slack of floating point. */
export function isDue(deadlineMs: number, nowMs: number): boolean {
  return deadlineMs - nowMs < SLACK_MS;
}

/** A resettable timer for the earliest of many deadlines. */
export class Alarm {
  readonly #clock: Clock;
  readonly #look: () => void;
  #cancel: Cancel | null = null;

  /** @param look handles the deadlines that are due, and sets the alarm again if any are left */
  constructor(clock: Clock, look: () => void) {
    this.#clock = clock;
    this.#look = look;
  }

  get isSet(): boolean {
    return this.#cancel !== null;
  }

  /** No effect if already set, since that is for an earlier deadline. Infinity never fires. */
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
