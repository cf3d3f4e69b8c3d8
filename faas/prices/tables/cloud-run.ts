/** Google Cloud Run: by the request, or by the life of the instance; rounded up to 100 ms. */

import type { Charge, Citation, PriceTable } from '../table.ts';

const URL = 'https://cloud.google.com/run/pricing';
const PAGE = 'Google Cloud Run pricing page';

const hundredMs: Citation = {
  fact: 'T03-23',
  title: PAGE,
  url: URL,
  asOf: '2023-25',
  kind: 'secondary',
};
const cpuPrice: Citation = { ...hundredMs, fact: 'T03-24' };
const memoryPrice: Citation = {
  fact: 'T03-25',
  title: `${PAGE}; Cloudchipr guide 2025`,
  url: URL,
  asOf: '2025',
  kind: 'secondary',
};
const instancePrice: Citation = { ...hundredMs, fact: 'T03-26', asOf: '2023-24' };
const tierTwoPrice: Citation = {
  fact: 'T03-27',
  title: 'Infracost price test data: cloud_run_v2_service_test',
  url: URL,
  asOf: '2024-07-01',
  kind: 'secondary',
};

const step = { ms: 100, citation: hundredMs };
const cpu = { label: 'CPU', unit: 'vCPU-second', unitSize: 1000, byVcpu: true, step } as const;
const memory = { label: 'Memory', unit: 'GiB-second', unitSize: 1024 * 1000, step } as const;
const requests: Charge = {
  label: 'Requests',
  unit: 'request',
  of: 'requests',
  unitSize: 1,
  tiers: [{ upTo: Infinity, price: 0.4, per: 1e6, citation: memoryPrice }],
};
const google = {
  provider: 'Google Cloud Run',
  currency: 'USD',
  model: 'per-use',
  fees: [],
  limits: [],
} as const;
const SHARED = 'Requests that run at once in one instance share its billed time.';

export const cloudRunRequests: PriceTable = {
  ...google,
  id: 'cloud-run',
  plan: 'request-based',
  region: 'tier 1 (us-central1)',
  charges: [
    {
      ...cpu,
      of: 'active100Ms',
      tiers: [{ upTo: Infinity, price: 0.000024, per: 1, citation: cpuPrice }],
      free: { quantity: 180_000, citation: cpuPrice },
    },
    {
      ...memory,
      of: 'active100MbMs',
      tiers: [{ upTo: Infinity, price: 0.0000025, per: 1, citation: memoryPrice }],
      free: { quantity: 360_000, citation: memoryPrice },
    },
    { ...requests, free: { quantity: 2e6, citation: memoryPrice } },
  ],
  notes: [SHARED],
};

export const cloudRunTierTwo: PriceTable = {
  ...google,
  id: 'cloud-run-tier-2',
  plan: 'request-based, tier 2',
  region: 'tier 2',
  charges: [
    {
      ...cpu,
      of: 'active100Ms',
      tiers: [{ upTo: Infinity, price: 0.0000336, per: 1, citation: tierTwoPrice }],
    },
    {
      ...memory,
      of: 'active100MbMs',
      tiers: [{ upTo: Infinity, price: 0.0000035, per: 1, citation: tierTwoPrice }],
    },
    requests,
  ],
  notes: [
    SHARED,
    'Free quantities and the price of a request are recorded for tier 1 only (T03-24, T03-25).',
  ],
};

export const cloudRunInstances: PriceTable = {
  ...google,
  id: 'cloud-run-instances',
  plan: 'instance-based',
  region: 'tier 1 (us-central1)',
  charges: [
    {
      ...cpu,
      of: 'instance100Ms',
      tiers: [{ upTo: Infinity, price: 0.000018, per: 1, citation: instancePrice }],
      free: { quantity: 240_000, citation: instancePrice },
    },
    {
      ...memory,
      of: 'instance100MbMs',
      tiers: [{ upTo: Infinity, price: 0.0000025, per: 1, citation: memoryPrice }],
    },
  ],
  notes: [
    'The whole life of an instance is billed, idle time too, and no request is.',
    'Memory is priced at the request-based rate, the only one recorded; the free CPU quantity is partly unverified (T03-26).',
  ],
};
