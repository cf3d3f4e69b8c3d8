/**
 * Percentiles of any number of times in constant memory. Each power of two is divided into 128 equal
 * buckets, so a percentile is off by at most 0.4 % (half a bucket) of its value. Mean, count and
 * maximum are exact. The bucket comes from the bits of the number: exponent and first seven bits of
 * the fraction, as in HdrHistogram (hdrhistogram.org).
 */

const FRACTION_BITS = 7;
/** Exponents of a double below 2^-20 ms (a nanosecond) count as zero; 2^44 ms is 557 years. */
const LEAST_EXPONENT = -20;
const EXPONENTS = 64;
const FIRST = (1023 + LEAST_EXPONENT) << FRACTION_BITS;
const SIZE = EXPONENTS << FRACTION_BITS;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
/** Index of the upper 32-bit word of a double, which holds the exponent. */
const UPPER = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Largest error of a percentile, as a share of its true value. */
export const RELATIVE_ERROR = 2 ** -(FRACTION_BITS + 1);

/** A histogram of times in ms. */
export class Histogram {
  readonly #buckets = new Float64Array(SIZE);
  #zeros = 0;
  #count = 0;
  #sum = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  /** In ms; NaN when empty. */
  get mean(): number {
    return this.#sum / this.#count;
  }

  /** @param ms ≥ 0 */
  add(ms: number): void {
    this.#count++;
    this.#sum += ms;
    if (ms > this.#max) this.#max = ms;
    number[0] = ms;
    const bucket = ((words[UPPER] as number) >>> (20 - FRACTION_BITS)) - FIRST;
    if (bucket < 0) this.#zeros++;
    else this.#increment(bucket < SIZE ? bucket : SIZE - 1);
  }

  /**
   * The time in ms that this share of the values do not exceed; NaN when empty.
   * @param share from 0 to 1
   */
  quantile(share: number): number {
    if (this.#count === 0) return NaN;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = this.#zeros;
    if (seen >= rank) return 0;
    for (let bucket = 0; bucket < SIZE; bucket++) {
      seen += this.#buckets[bucket] as number;
      if (seen >= rank) return Math.min(this.#max, middleOf(bucket));
    }
    return this.#max;
  }

  /** Removes all values. */
  clear(): void {
    this.#buckets.fill(0);
    this.#zeros = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#max = 0;
  }

  #increment(bucket: number): void {
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1;
  }
}

function middleOf(bucket: number): number {
  const exponent = (bucket >> FRACTION_BITS) + LEAST_EXPONENT;
  const fraction = (bucket & ((1 << FRACTION_BITS) - 1)) + 0.5;
  return 2 ** exponent * (1 + fraction / (1 << FRACTION_BITS));
}
