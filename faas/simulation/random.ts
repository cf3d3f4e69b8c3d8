/**
 * A reproducible random generator: the same seed gives the same numbers on every machine.
 *
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (prng.di.unimi.it, public domain), its
 * state filled by SplitMix32, so that neighbouring seeds give unrelated numbers. It is fast and well
 * distributed, but not for secrets.
 */
export class Random {
  readonly #state: Uint32Array;

  /** @param seed an integer, of which the lowest 32 bits are used */
  constructor(seed: number) {
    this.#state = new Uint32Array(4);
    let mixed = seed >>> 0;
    for (let word = 0; word < 4; word++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      this.#state[word] = finalized(mixed);
    }
  }

  /** Creates a generator from the four words of a state, which must not all be zero. */
  static fromState(state: readonly [number, number, number, number]): Random {
    const random = new Random(0);
    random.#state.set(state);
    return random;
  }

  /**
   * A separate stream for one purpose, so that an extra draw for one does not change another. It
   * depends on the name and on earlier draws; drawing from it does not affect this generator.
   */
  split(name: string): Random {
    let hash = 0x811c9dc5;
    for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    return new Random((this.#state[0] ?? 0) ^ finalized(hash >>> 0));
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#state as unknown as [number, number, number, number];
    const scrambled = Math.imul(s[1], 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** A number in [0, 1), in steps of 2^-53. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000;
  }

  /** Exponentially distributed: the time between random events that are `mean` apart on average. */
  exponential(mean: number): number {
    return -Math.log(1 - this.uniform()) * mean;
  }

  /** Standard normal (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }
}

/** The finaliser of MurmurHash3: every bit of the input changes half the bits of the output. */
function finalized(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
