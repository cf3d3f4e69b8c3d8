/**
 * Compares our simulator with recorded results of SimFaaS, with the same number of seeds: one request
 * per instance, random arrivals and service times, newest idle instance first.
 */

import { simulate } from '../../simulation/scenario.ts';
import { describeDifference } from './verdict.ts';

const MEASURES = ['cold', 'servers', 'running', 'idle', 'life'] as const;
type Measures = Readonly<Record<(typeof MEASURES)[number], number>>;

/** One recorded setting. Rates are per second, times in seconds. */
export interface SimfaasSetting {
  readonly arrivalRate: number;
  readonly warmMean: number;
  readonly coldMean: number;
  readonly expirationThreshold: number;
  readonly maxTime: number;
  readonly seeds: number;
  readonly mean: Measures;
  readonly sd: Measures;
}

/** The first mean further off than three of the smaller standard deviation; null when none is. */
export function simfaasDifference(setting: SimfaasSetting): string | null {
  const runs = Array.from({ length: setting.seeds }, (_, seed) => measured(setting, seed + 1));
  for (const measure of MEASURES) {
    const values = runs.map((run) => run[measure]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const sd = Math.sqrt(squares / (values.length - 1));
    const expected = { mean: setting.mean[measure], sd: setting.sd[measure] };
    if (Math.abs(mean - expected.mean) > 3 * Math.min(sd, expected.sd)) {
      const { arrivalRate, expirationThreshold } = setting;
      const where = `${measure} at ${String(arrivalRate)} a second, idle for ${String(expirationThreshold)} s`;
      return describeDifference(where, expected, { mean, sd });
    }
  }
  return null;
}

function measured(setting: SimfaasSetting, seed: number): Measures {
  const { requests, instances } = simulate({
    policy: {
      name: 'keep-alive',
      idleTimeoutMs: setting.expirationThreshold * 1000,
      maxInstances: 1000,
    },
    workload: { is: 'poisson', perSecond: setting.arrivalRate, durationS: setting.maxTime },
    timings: {
      handler: { is: 'exponential', meanMs: setting.warmMean * 1000 },
      coldHandler: { is: 'exponential', meanMs: setting.coldMean * 1000 },
    },
    seed,
  });
  return {
    cold: requests.coldShare,
    servers: instances.average.total,
    running: instances.average.running,
    idle: instances.average.idle,
    life: instances.meanLifespanS ?? NaN,
  };
}
