/** Vercel Functions with Fluid compute, Washington (iad1): CPU while computing, memory while a call runs. */

import type { Citation, PriceTable } from '../table.ts';

const page = {
  title: 'Vercel docs - Fluid compute pricing (copy)',
  url: 'https://vercel.com/docs/fluid-compute/pricing',
  asOf: '2025-26',
  kind: 'secondary',
} as const;
const cpuPrice: Citation = { fact: 'T03-12', ...page };
const memoryPrice: Citation = { fact: 'T03-13', ...page };
const requestPrice: Citation = { fact: 'T03-14', ...page };
const plans: Citation = { fact: 'T03-15', ...page };

const MS_AN_HOUR = 3_600_000;
const cpu = {
  label: 'Active CPU',
  unit: 'CPU-hour',
  of: 'cpuMs',
  unitSize: MS_AN_HOUR,
} as const;
const memory = {
  label: 'Provisioned memory',
  unit: 'GB-hour',
  of: 'vercelMbMs',
  unitSize: 1024 * MS_AN_HOUR,
} as const;
const requests = { label: 'Invocations', unit: 'invocation', of: 'requests', unitSize: 1 } as const;

export const vercelPro: PriceTable = {
  id: 'vercel-pro',
  provider: 'Vercel',
  plan: 'Pro, usage',
  region: 'iad1',
  currency: 'USD',
  model: 'per-use',
  charges: [
    {
      ...cpu,
      tiers: [{ upTo: Infinity, price: 0.128, per: 1, citation: cpuPrice }],
      free: { quantity: 16, citation: plans },
    },
    {
      ...memory,
      tiers: [{ upTo: Infinity, price: 0.0106, per: 1, citation: memoryPrice }],
      free: { quantity: 1440, citation: plans },
    },
    {
      ...requests,
      tiers: [{ upTo: Infinity, price: 0.6, per: 1e6, citation: requestPrice }],
      free: { quantity: 1e6, citation: requestPrice },
    },
  ],
  fees: [],
  limits: [],
  notes: [
    'An instance has 2 GB and a whole vCPU, or 4 GB and two, whatever vercel.json says (X05-02): computing takes as long as here. Memory is billed while it starts or has a request.',
    'The plan’s own monthly fee is not in it. The hours included were read in one of two copies; newer Pro plans give a usage credit instead (T03-15).',
  ],
};

export const vercelHobby: PriceTable = {
  id: 'vercel-hobby',
  provider: 'Vercel',
  plan: 'Hobby (free)',
  region: 'iad1',
  currency: 'USD',
  model: 'per-use',
  charges: [],
  fees: [],
  limits: [
    { ...cpu, label: 'active CPU', quantity: 4, per: 'month', citation: plans },
    { ...memory, label: 'provisioned memory', quantity: 360, per: 'month', citation: plans },
    { ...requests, label: 'invocations', quantity: 1e6, per: 'month', citation: plans },
  ],
  notes: ['A plan without a price: it ends where its allowance ends.'],
};
