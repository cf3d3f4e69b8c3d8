/**
 * A token bucket: it refills evenly up to `burst`, and each call that is let in takes one token. Tokens
 * are reckoned from one time stamp, so that nothing is lost or gained however often somebody asks.
 */

import type { Throttle } from './route-rules.ts';

/** What a bucket says of a call. */
export interface BucketAnswer {
  readonly isLet: boolean;
  /** Tokens that are there, with parts of one; after `take`, those that are left. */
  readonly tokens: number;
  /** Whole seconds until one call is let in; 0 when it would be now. */
  readonly retryAfterS: number;
}

/** Time stamps of today have steps of 0.0002 ms, so that a token may seem to lack this much of itself. */
const ROUNDING = 1e-6;

/** The bucket of one route, or of one key. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  /** Tokens at the time `#at`. A refusal leaves both as they are. */
  #tokens: number;
  #at = -Infinity;
  /** The latest `#at` so far. A clock that goes back and comes again earns nothing twice. */
  #latest = -Infinity;

  /** Full at first. */
  constructor({ rate, burst }: Throttle) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** What `take` would say, without taking. @param now in ms */
  look(now: number): BucketAnswer {
    const tokens = this.#grown(now);
    const isLet = tokens >= 1 - ROUNDING;
    // A part of a second too few would send the caller back too early.
    const retryAfterS = isLet ? 0 : Math.max(1, Math.ceil((1 - tokens) / this.#rate));
    return { isLet, tokens, retryAfterS };
  }

  /** Takes a token where there is one. @param now in ms */
  take(now: number): BucketAnswer {
    const allowance = this.look(now);
    if (allowance.isLet) {
      this.#stand(allowance.tokens - 1, now);
      return { ...allowance, tokens: allowance.tokens - 1 };
    }
    // The clock has gone back for good, perhaps: from here on it grows again.
    if (now < this.#at) this.#stand(allowance.tokens, now);
    return allowance;
  }

  /** Whole seconds until it is full, which is when nothing of the past counts any more. */
  secondsToFull(now: number): number {
    return Math.ceil((this.#burst - this.#grown(now)) / this.#rate);
  }

  #stand(tokens: number, now: number): void {
    this.#tokens = tokens;
    this.#at = now;
    this.#latest = Math.max(this.#latest, now);
  }

  #grown(now: number): number {
    const since = now >= this.#latest ? this.#latest : this.#at;
    const elapsedMs = Math.max(0, now - since);
    return Math.min(this.#burst, this.#tokens + (elapsedMs * this.#rate) / 1000);
  }
}
