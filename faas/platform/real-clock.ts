/** The clock of the live places: milliseconds since the Unix epoch, with fractions, never backwards. */

import type { Clock } from '../core/time/clock.ts';

export const realClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, callback) {
    // A timer holds at most 2^31 - 1 ms and would fire at once beyond that.
    const timer = setTimeout(callback, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
