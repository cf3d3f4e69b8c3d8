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
/** CPU, memory and requests of both tiers, and the free quantities of tier 1. */
const listPrice: Citation = {
  fact: 'X16-65',
  title: 'Google Cloud Run prices, as Google’s firebase-tools 15.34.2 has them (pricing.js)',
  url: 'https://github.com/firebase/firebase-tools',
  asOf: '2026-10-28',
  kind: 'primary',
};
const instancePrice: Citation = { ...hundredMs, fact: 'T03-26', asOf: '2023-24' };

const step = { ms: 100, citation: hundredMs };
const cpu = { label: 'CPU', unit: 'vCPU-second', unitSize: 1000, byVcpu: true, step } as const;
const memory = { label: 'Memory', unit: 'GiB-second', unitSize: 1024 * 1000, step } as const;
const requests: Charge = {
  label: 'Requests',
  unit: 'request',
  of: 'requests',
  unitSize: 1,
  tiers: [{ upTo: Infinity, price: 0.4, per: 1e6, citation: listPrice }],
};
const google = {
  provider: 'Google Cloud Run',
  currency: 'USD',
  model: 'per-use',
  fees: [],
  limits: [],
} as const;
const SHARED = 'Requests that run at once in one instance share its billed time.';
const WHOLE_CPU =
  'An instance has one vCPU, as it has unless told otherwise (X05-03): computing takes as long as here.';

export const cloudRunRequests: PriceTable = {
  ...google,
  id: 'cloud-run',
  plan: 'request-based',
  region: 'tier 1 (us-central1)',
  charges: [
    {
      ...cpu,
      of: 'active100Ms',
      tiers: [{ upTo: Infinity, price: 0.000024, per: 1, citation: listPrice }],
      free: { quantity: 180_000, citation: listPrice },
    },
    {
      ...memory,
      of: 'active100MbMs',
      tiers: [{ upTo: Infinity, price: 0.0000025, per: 1, citation: listPrice }],
      free: { quantity: 360_000, citation: listPrice },
    },
    { ...requests, free: { quantity: 2e6, citation: listPrice } },
  ],
  notes: [WHOLE_CPU, SHARED],
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
      tiers: [{ upTo: Infinity, price: 0.0000336, per: 1, citation: listPrice }],
    },
    {
      ...memory,
      of: 'active100MbMs',
      tiers: [{ upTo: Infinity, price: 0.0000035, per: 1, citation: listPrice }],
    },
    requests,
  ],
  notes: [
    SHARED,
    'Free quantities and the price of a request are recorded for tier 1 only (X16-65).',
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
      tiers: [{ upTo: Infinity, price: 0.0000025, per: 1, citation: listPrice }],
    },
  ],
  notes: [
    'The whole life of an instance is billed, idle time too, and no request is.',
    'Memory is priced at the request-based rate, the only one recorded; the free CPU quantity is partly unverified (T03-26).',
  ],
};
