/** How long things take: distributions of times in ms, and samplers of them. */

import type { Random } from './random.ts';

/** All times in ms, ≥ 0. */
export type Distribution =
  | { readonly is: 'constant'; readonly ms: number }
  | { readonly is: 'uniform'; readonly fromMs: number; readonly toMs: number }
  /** No memory: what has taken long is as likely to take as long again. */
  | { readonly is: 'exponential'; readonly meanMs: number }
  /**
   * What response times mostly look like: half are below the median, and one in a hundred is above
   * `p99Ms`.
   */
  | { readonly is: 'lognormal'; readonly medianMs: number; readonly p99Ms: number }
  /** As measured: each is as likely as any other. */
  | { readonly is: 'measured'; readonly samplesMs: readonly number[] };

export type Sampler = () => number;

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

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

export function meanOf(distribution: Distribution): number {
  switch (distribution.is) {
    case 'constant':
      return distribution.ms;
    case 'uniform':
      return (distribution.fromMs + distribution.toMs) / 2;
    case 'exponential':
      return distribution.meanMs;
    case 'lognormal': {
      const sigma = Math.log(distribution.p99Ms / distribution.medianMs) / Z99;
      return distribution.medianMs * Math.exp((sigma * sigma) / 2);
    }
    case 'measured': {
      const { samplesMs } = distribution;
      return samplesMs.reduce((sum, ms) => sum + ms, 0) / samplesMs.length;
    }
  }
}
