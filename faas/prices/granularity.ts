/** How coarsely providers bill time: the same second costs more the larger the step (T08-07). */

import { roundUp } from './usage.ts';

export interface Granularity {
  readonly provider: string;
  /** Times are rounded up to whole steps, in ms. */
  readonly stepMs: number;
  /** Least that is billed, in ms. */
  readonly minimumMs: number;
  /** Facts that state them. */
  readonly facts: readonly string[];
}

const MINUTE_MS = 60_000;

/** From the finest to the coarsest. */
export const GRANULARITIES: readonly Granularity[] = [
  { provider: 'AWS Lambda', stepMs: 1, minimumMs: 0, facts: ['T03-06'] },
  { provider: 'Cloudflare Containers', stepMs: 10, minimumMs: 0, facts: ['T03-22'] },
  { provider: 'Google Cloud Run', stepMs: 100, minimumMs: 0, facts: ['T03-23'] },
  { provider: 'Azure Functions Flex', stepMs: 100, minimumMs: 1000, facts: ['T04-27'] },
  { provider: 'AWS Fargate', stepMs: 1000, minimumMs: MINUTE_MS, facts: ['T03-29', 'T08-07'] },
  { provider: 'Hetzner VM', stepMs: 60 * MINUTE_MS, minimumMs: 0, facts: ['T03-37', 'T08-07'] },
];

/** What of `ms` is billed; nothing for nothing. */
export function billedMs(ms: number, { stepMs, minimumMs }: Granularity): number {
  return ms <= 0 ? 0 : Math.max(minimumMs, roundUp(ms, stepMs));
}
