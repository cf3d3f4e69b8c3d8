/**
 * Percentiles of any number of times in constant memory. Each power of two is cut into 128 equal
 * buckets, so that a percentile is off by at most 0.4 % (half a bucket) of its value; the mean,
 * the count and the largest are exact. The bucket is read off the bits of the number: exponent and
 * first seven bits of the fraction, as in HdrHistogram (hdrhistogram.org).
 */

const FRACTION_BITS = 7;
/** Exponents of a double below 2^-20 ms (a nanosecond) count as zero; 2^44 ms is 557 years. */
const LEAST_EXPONENT = -20;
const EXPONENTS = 64;
const FIRST = (1023 + LEAST_EXPONENT) << FRACTION_BITS;
const SIZE = EXPONENTS << FRACTION_BITS;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
/** Where the exponent is: the upper word of a double. */
const UPPER = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** How far a percentile may be from the true one, as a share of it. */
export const RELATIVE_ERROR = 2 ** -(FRACTION_BITS + 1);

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

  /** NaN of nothing. */
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
   * The time that this share of all were not above; NaN of nothing.
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

  /** As new. */
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
