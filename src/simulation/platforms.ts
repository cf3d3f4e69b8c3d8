/** The ways to serve a day that figures offer: a policy, what it models, and whose prices it has. */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { cloudRunInstances, cloudRunRequests } from '#faas/prices/tables/cloud-run.ts';
import { lambdaX86, lambdaX86Provisioned } from '#faas/prices/tables/lambda.ts';
import { ec2T4gSmall } from '#faas/prices/tables/machines.ts';
import type { PriceTable } from '#faas/prices/table.ts';

/** A way to serve a day, before it is said how many calls at once one instance of it takes. */
export interface PlatformKind {
  /** Permanent: it is part of links. */
  readonly id: string;
  readonly label: string;
  /** How it scales, in a few words. */
  readonly how: string;
  /** @param atOnce calls that an instance, or a server, takes at once. Integer ≥ 1. */
  readonly policyOf: (atOnce: number) => PolicyChoice;
  readonly prices: PriceTable;
}

/** One way to serve a day. */
export interface OfferedPlatform extends PlatformKind {
  readonly policy: PolicyChoice;
}

const MINUTE_MS = 60_000;
/** AWS adds up to a thousand environments, and turns away what is over (facts T04-05, T04-06). */
const MOST = 1000;

/** As was seen on AWS (fact T05-09). */
const asLambda = {
  name: 'keep-alive',
  idleTimeoutMs: 6 * MINUTE_MS,
  maxInstances: MOST,
  maxQueued: 0,
} as const;

/** In the order they are offered. */
export const PLATFORMS: readonly PlatformKind[] = [
  {
    id: 'lambda',
    label: 'One call each',
    how: 'As a classic AWS Lambda function; kept for six minutes, as was seen there.',
    policyOf: () => asLambda,
    prices: lambdaX86,
  },
  {
    id: 'lambda-ready',
    label: 'Two kept ready',
    how: 'The same, and two that never go: provisioned concurrency.',
    policyOf: () => ({ ...asLambda, provisionedConcurrency: 2 }),
    prices: lambdaX86Provisioned,
  },
  {
    id: 'cloud-run',
    label: 'Many calls each',
    how: 'As Google Cloud Run: several calls share an instance, which is kept for fifteen minutes.',
    policyOf: (atOnce) => ({
      name: 'concurrent',
      concurrency: atOnce,
      idleTimeoutMs: 15 * MINUTE_MS,
      maxInstances: MOST,
    }),
    prices: cloudRunRequests,
  },
  {
    id: 'knative',
    label: 'By the average',
    how: 'As Knative: a look every two seconds, aiming at seven tenths. It has no price list, so it has Cloud Run’s.',
    policyOf: (atOnce) => ({
      name: 'kpa',
      containerConcurrency: atOnce,
      maxScale: MOST,
      initialScale: 0,
      atZero: true,
    }),
    prices: cloudRunInstances,
  },
  {
    id: 'one-server',
    label: 'One server',
    how: 'Always on: as many workers as an instance takes calls, and a line before them.',
    policyOf: (atOnce) => ({ name: 'fixed', servers: 1, concurrency: atOnce }),
    prices: ec2T4gSmall,
  },
  {
    id: 'four-servers',
    label: 'Four servers',
    how: 'Four of these behind a load balancer.',
    policyOf: (atOnce) => ({ name: 'fixed', servers: 4, concurrency: atOnce }),
    prices: ec2T4gSmall,
  },
];

/** @param ids as in links; others are left out */
export function platformsOf(ids: readonly string[], atOnce: number): OfferedPlatform[] {
  return PLATFORMS.filter(({ id }) => ids.includes(id)).map((kind) => ({
    ...kind,
    policy: kind.policyOf(atOnce),
  }));
}
