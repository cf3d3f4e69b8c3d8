/** Cloudflare Workers: charges for CPU time and requests, not for waiting or memory. */

import type { Citation, PriceTable } from '../table.ts';

const page = {
  title: 'Cloudflare Workers docs - Pricing',
  url: 'https://developers.cloudflare.com/workers/platform/pricing/',
  asOf: 'repository copy 2025-26',
  kind: 'primary',
} as const;
const freePlan: Citation = { fact: 'T03-17', ...page };
const paidPlan: Citation = { fact: 'T03-18', ...page };

const cloudflare = {
  provider: 'Cloudflare Workers',
  region: 'global',
  currency: 'USD',
  model: 'per-use',
} as const;
const NO_WAITING = 'Waiting is not charged, nor is memory: an isolate has 128 MB (T04-17).';

export const workersPaid: PriceTable = {
  ...cloudflare,
  id: 'workers-paid',
  plan: 'Paid',
  charges: [
    {
      label: 'Requests',
      unit: 'request',
      of: 'requests',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.3, per: 1e6, citation: paidPlan }],
      included: { quantity: 10e6, citation: paidPlan },
    },
    {
      label: 'CPU time',
      unit: 'CPU-ms',
      of: 'cpuMs',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.02, per: 1e6, citation: paidPlan }],
      included: { quantity: 30e6, citation: paidPlan },
    },
  ],
  fees: [{ label: 'Plan', price: 5, citation: paidPlan }],
  limits: [],
  notes: [NO_WAITING],
};

export const workersFree: PriceTable = {
  ...cloudflare,
  id: 'workers-free',
  plan: 'Free',
  charges: [],
  fees: [],
  limits: [
    {
      label: 'the request limit',
      unit: 'requests',
      of: 'requests',
      unitSize: 1,
      quantity: 100_000,
      per: 'day',
      citation: freePlan,
    },
    {
      label: 'CPU time',
      unit: 'ms',
      of: 'cpuMs',
      unitSize: 1,
      quantity: 10,
      per: 'request',
      citation: freePlan,
    },
  ],
  notes: ['A plan without a price: it refuses what goes beyond its limits.', NO_WAITING],
};
