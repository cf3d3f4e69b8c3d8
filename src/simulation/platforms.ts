/** The ways to serve a day that figures offer: a policy, what it models, and whose prices it has. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { cloudRunInstances, cloudRunRequests } from '#faas/prices/tables/cloud-run.ts';
import { lambdaX86, lambdaX86Provisioned } from '#faas/prices/tables/lambda.ts';
import { ec2T4gSmall } from '#faas/prices/tables/machines.ts';
import type { PriceTable } from '#faas/prices/table.ts';

export interface Platform {
  /** Permanent: it is part of links. */
  readonly id: string;
  readonly label: string;
  /** How it scales, in a few words. */
  readonly how: string;
  readonly policy: PolicyChoice;
  readonly prices: PriceTable;
}

const MINUTE_MS = 60_000;
/** AWS adds up to a thousand environments, and turns away what is over (facts T04-05, T04-06). */
const MOST = 1000;
/** A small machine with a server that answers several calls at once, as most do. */
const SERVER_CONCURRENCY = 20;

/** In the order they are offered. */
export const PLATFORMS: readonly Platform[] = [
  {
    id: 'lambda',
    label: 'One call each',
    how: 'As AWS Lambda; kept for six minutes, as was seen there.',
    policy: {
      name: 'keep-alive',
      idleTimeoutMs: 6 * MINUTE_MS,
      maxInstances: MOST,
      maxQueued: 0,
    },
    prices: lambdaX86,
  },
  {
    id: 'lambda-ready',
    label: 'Two kept ready',
    how: 'The same, and two that never go: provisioned concurrency.',
    policy: {
      name: 'keep-alive',
      idleTimeoutMs: 6 * MINUTE_MS,
      maxInstances: MOST,
      maxQueued: 0,
      provisionedConcurrency: 2,
    },
    prices: lambdaX86Provisioned,
  },
  {
    id: 'cloud-run',
    label: 'Many calls each',
    how: 'As Google Cloud Run: up to eighty at once, kept for fifteen minutes.',
    policy: {
      name: 'concurrent',
      concurrency: 80,
      idleTimeoutMs: 15 * MINUTE_MS,
      maxInstances: MOST,
    },
    prices: cloudRunRequests,
  },
  {
    id: 'knative',
    label: 'By the average',
    how: 'As Knative: a look every two seconds, ten calls to an instance.',
    policy: {
      name: 'kpa',
      containerConcurrency: 20,
      target: 10,
      maxScale: MOST,
      initialScale: 0,
    },
    prices: cloudRunInstances,
  },
  {
    id: 'one-server',
    label: 'One server',
    how: 'Always on, with twenty workers and a line before them.',
    policy: { name: 'fixed', servers: 1, concurrency: SERVER_CONCURRENCY },
    prices: ec2T4gSmall,
  },
  {
    id: 'four-servers',
    label: 'Four servers',
    how: 'Four of these behind a load balancer.',
    policy: { name: 'fixed', servers: 4, concurrency: SERVER_CONCURRENCY },
    prices: ec2T4gSmall,
  },
];
