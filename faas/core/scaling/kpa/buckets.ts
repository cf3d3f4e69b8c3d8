/**
 * A metric over a sliding window, kept as one sum per second (or coarser) and averaged plainly or
 * weighted towards the present. Knative's autoscaler decides on these averages.
 *
 * After knative/serving 98e5ef90, `pkg/autoscaler/aggregation`, to the last bit: sums are added and
 * subtracted in the same order, so that rounding is the same.
 */

/** The length and resolution of the window. */
export interface BucketsOptions {
  /** How far back the window reaches. A whole number of seconds ≥ 1 s. */
  readonly windowMs: number;
  /** Width of one bucket. A whole number of seconds ≥ 1 s. @default 1000 */
  readonly granularityMs?: number;
}

/** From the year 1 to 1970, in ms: times are cut to whole buckets as counted from the year 1. */
const YEAR_ONE_MS = 62_135_596_800_000;

abstract class Buckets {
  protected readonly windowMs: number;
  protected readonly granularityMs: number;
  /** A ring: the sum of time `t` is at `index(t)`, modulo the ring's length. */
  protected readonly ring: Float64Array;
  /** Bucket start of the first write since the window was last empty. Invalid before a write. */
  protected firstWrite = Infinity;
  /** Bucket start of the latest write; never moves back. -Infinity before the first. */
  protected lastWrite = -Infinity;
  /** Sum of the ring, including buckets that are out of date. */
  protected total = 0;

  constructor({ windowMs, granularityMs = 1000 }: BucketsOptions) {
    for (const [name, ms] of Object.entries({ windowMs, granularityMs })) {
      if (!(ms >= 1000 && ms % 1000 === 0)) {
        throw new RangeError(`Expected ${name} in whole seconds, at least 1000; found ${ms}.`);
      }
    }
    this.windowMs = windowMs;
    this.granularityMs = granularityMs;
    this.ring = new Float64Array(Math.ceil(windowMs / granularityMs));
  }

  /** Adds `value` to the bucket of `atMs` (Unix ms). Gaps count as 0; old values are dropped. */
  record(atMs: number, value: number): void {
    const bucket = this.cut(atMs);
    const index = this.index(atMs);
    if (bucket !== this.lastWrite) {
      if (bucket + this.windowMs <= this.lastWrite) return;
      if (bucket < this.firstWrite) this.firstWrite = bucket;
      if (bucket > this.lastWrite) this.#advance(bucket, index);
    }
    this.add(index, value);
    this.total += value;
  }

  /** The average at `nowMs`; 0 when the window is empty. */
  abstract average(nowMs: number): number;

  /** Whether nothing was recorded for a whole window. */
  isEmpty(nowMs: number): boolean {
    return this.cut(nowMs) - this.lastWrite > this.windowMs;
  }

  /** Clears the buckets between the last write and `bucket`. */
  #advance(bucket: number, index: number): void {
    if (bucket - this.lastWrite >= this.windowMs) {
      this.firstWrite = bucket;
      this.ring.fill(0);
      this.total = 0;
    } else {
      for (let at = this.index(this.lastWrite) + 1; at <= index; at++) {
        this.total -= this.value(at);
        this.ring[at % this.ring.length] = 0;
      }
    }
    this.lastWrite = bucket;
  }

  /** Start of the bucket of `atMs`, in whole ms so that differences between buckets are exact. */
  protected cut(atMs: number): number {
    const ms = Math.floor(atMs) + YEAR_ONE_MS;
    return Math.floor(ms / this.granularityMs) * this.granularityMs - YEAR_ONE_MS;
  }

  protected index(atMs: number): number {
    return Math.trunc(Math.floor(atMs / 1000) / (this.granularityMs / 1000));
  }

  protected value(index: number): number {
    return this.ring[index % this.ring.length] ?? 0;
  }

  protected add(index: number, value: number): void {
    this.ring[index % this.ring.length] = this.value(index) + value;
  }
}

/** The plain average over the part of the window that has data, rounded to six decimals. */
export class LinearBuckets extends Buckets {
  average(nowMs: number): number {
    const now = this.cut(nowMs);
    const silent = now - this.lastWrite;
    if (silent >= this.windowMs && silent > 0) return 0;
    const last = this.index(this.lastWrite);
    // Without new writes the oldest sums leave the window although the ring still holds them.
    const current = silent > 0 ? this.index(now) : last;
    let sum = this.total;
    for (let at = last + 1; at <= current; at++) sum -= this.value(at);
    const written = (this.lastWrite - this.firstWrite) / this.granularityMs + 1;
    return toSixDecimals(sum / Math.min(written, this.ring.length - (current - last)));
  }
}

/**
 * The average that weighs each older bucket less by a constant factor, chosen so that the weights of
 * a full window sum to 0.9999 but never below 0.2 for the newest.
 */
export class WeightedBuckets extends Buckets {
  /** Weight of the newest bucket, in (0, 1). */
  readonly smoothing: number;

  /** @param options `smoothing` defaults to `smoothingOf` the number of buckets */
  constructor(options: BucketsOptions & { readonly smoothing?: number }) {
    super(options);
    this.smoothing = options.smoothing ?? smoothingOf(this.ring.length);
  }

  average(nowMs: number): number {
    if (this.isEmpty(nowMs)) return 0;
    const now = this.cut(nowMs);
    const keep = 1 - this.smoothing;
    let weight = this.smoothing;
    let count = this.ring.length;
    if (now > this.lastWrite) {
      const silent = Math.trunc((now - this.lastWrite) / this.granularityMs);
      weight *= power(keep, silent);
      count -= silent;
    }
    const newest = this.index(this.lastWrite) + this.ring.length;
    let average = 0;
    for (let age = 0; age < count; age++) {
      average += this.value(newest - age) * weight;
      weight *= keep;
    }
    return average;
  }
}

/** Default weight of the newest bucket in a window of so many buckets. */
export function smoothingOf(buckets: number): number {
  return Math.max(1 - Math.pow(0.0001, 1 / buckets), 0.2);
}

/** By repeated squaring: `Math.pow` may differ from Go's in the last bit. */
function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** Rounds to six decimals, halves away from zero. */
function toSixDecimals(value: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * 1e6)) / 1e6 + 0;
}
