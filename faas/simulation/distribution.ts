/** Distributions of durations in ms, and their samplers. */

import type { OneOf, OptionTable } from '../core/option.ts';
import type { Random } from './random.ts';

const ms = (meaning: string) => ({ type: 'number', unit: 'ms', least: 0, meaning }) as const;
const msAbove0 = (meaning: string) => ({ ...ms(meaning), isAbove: true }) as const;

/** The options of each distribution, by its kind. All times in ms. */
export const DISTRIBUTIONS = {
  constant: { ms: ms('every time') },
  uniform: {
    fromMs: ms('shortest time'),
    toMs: { ...ms('longest time'), notBelow: ['fromMs'] },
  },
  /** Memoryless: the remaining time does not depend on the time already passed. */
  exponential: { meanMs: msAbove0('mean time') },
  /** The usual shape of response times. */
  lognormal: {
    medianMs: msAbove0('half of all times are below it'),
    p99Ms: { ...msAbove0('one time in a hundred is above it'), notBelow: ['medianMs'] },
  },
  /** Samples from measured values. */
  measured: {
    samplesMs: {
      type: 'list',
      of: ms('a measured time'),
      meaning: 'times that were measured, each as likely as any other',
    },
  },
} as const satisfies Record<string, OptionTable>;

/** A distribution as data, told apart by `is`. */
export type Distribution = OneOf<typeof DISTRIBUTIONS>;

/** Returns the next random time, in ms. */
export type Sampler = () => number;

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/** A sampler of the distribution, driven by `random`. */
export function sampler(distribution: Distribution, random: Random): Sampler {
  switch (distribution.is) {
    case 'constant':
      return () => distribution.ms;
    case 'uniform': {
      const { fromMs, toMs } = distribution;
      return () => fromMs + random.uniform() * (toMs - fromMs);
    }
    case 'exponential':
      return () => random.exponential(distribution.meanMs);
    case 'lognormal': {
      const { medianMs, p99Ms } = distribution;
      const sigma = Math.log(p99Ms / medianMs) / Z99;
      return () => medianMs * Math.exp(sigma * random.normal());
    }
    case 'measured': {
      const { samplesMs } = distribution;
      return () => samplesMs[Math.floor(random.uniform() * samplesMs.length)] ?? 0;
    }
  }
}
