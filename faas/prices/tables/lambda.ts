/** AWS Lambda, us-east-1. Each invocation, with its cold start, is rounded up to 1 ms. */

import type { Charge, Citation, PriceTable } from '../table.ts';

const PRICING = 'https://aws.amazon.com/lambda/pricing/';
const PAGE = 'AWS Lambda pricing page, as copied in';
const WRING = 'Wring’s guide of March 2026';
const INFRACOST = 'Infracost’s price tests';

const requestPrice: Citation = {
  fact: 'T03-01',
  title: `${PAGE} ${WRING}`,
  url: PRICING,
  asOf: '2026-03-08',
  kind: 'secondary',
};
const x86Price: Citation = {
  fact: 'T03-02',
  title: `${PAGE} ${WRING} and in ${INFRACOST}`,
  url: PRICING,
  asOf: 'tier 2024-07-01; price repeated 2026-03-08',
  kind: 'secondary',
};
const armPrice: Citation = {
  fact: 'T03-03',
  title: `${PAGE} ${WRING} and in ${INFRACOST}`,
  url: PRICING,
  asOf: 'tier 2024-07-01; price repeated 2026-03-08',
  kind: 'secondary',
};
const x86Tiers: Citation = {
  fact: 'T03-04',
  title: `${PAGE} ${INFRACOST} (9B = $135,000; 46.44B = $619,203.10)`,
  url: PRICING,
  asOf: '2024-07-01',
  kind: 'secondary',
};
const freeTier: Citation = {
  fact: 'T03-05',
  title: 'AWS Lambda pricing page (transcribed 2026-09-20 by api-evangelist)',
  url: 'https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml',
  asOf: '2026-09-20',
  kind: 'secondary',
};
const oneMs: Citation = {
  fact: 'T03-06',
  title: 'AWS Compute blog - Introducing tiered pricing for AWS Lambda (copy)',
  url: 'https://aws.amazon.com/blogs/compute/introducing-tiered-pricing-for-aws-lambda/',
  asOf: '2022-08',
  kind: 'secondary',
};
const provisionedPrice: Citation = {
  fact: 'T03-08',
  title: `${PAGE} ${INFRACOST} (Arm) and in ${WRING} (x86)`,
  url: PRICING,
  asOf: 'Arm 2024-07-01; x86 2026-03-08',
  kind: 'secondary',
};

/** Memory is configured in MB, and a GB is 1,024 of them. */
const GB_SECOND = 1024 * 1000;
const step = { ms: 1, citation: oneMs };

const requests: Charge = {
  label: 'Requests',
  unit: 'request',
  of: 'requests',
  unitSize: 1,
  tiers: [{ upTo: Infinity, price: 0.2, per: 1e6, citation: requestPrice }],
};
const freeRequests: Charge = { ...requests, free: { quantity: 1e6, citation: freeTier } };
const duration = {
  label: 'Duration × memory',
  unit: 'GB-second',
  of: 'billed1MbMs',
  unitSize: GB_SECOND,
  step,
  free: { quantity: 400_000, citation: freeTier },
} as const;

const aws = {
  provider: 'AWS Lambda',
  region: 'us-east-1',
  currency: 'USD',
  model: 'per-use',
  fees: [],
  limits: [],
} as const;
const INIT_NOTE = 'The INIT phase of a cold start is billed since 1 August 2025 (T03-07).';

export const lambdaX86: PriceTable = {
  ...aws,
  id: 'lambda-x86',
  plan: 'x86, on demand',
  charges: [
    freeRequests,
    {
      ...duration,
      tiers: [
        { upTo: 6e9, price: 0.0000166667, per: 1, citation: x86Price },
        { upTo: 15e9, price: 0.000015, per: 1, citation: x86Tiers },
        { upTo: Infinity, price: 0.0000133334, per: 1, citation: x86Tiers },
      ],
    },
  ],
  notes: [INIT_NOTE],
};

export const lambdaArm: PriceTable = {
  ...aws,
  id: 'lambda-arm',
  plan: 'Arm, on demand',
  charges: [
    freeRequests,
    {
      ...duration,
      tiers: [{ upTo: Infinity, price: 0.0000133334, per: 1, citation: armPrice }],
    },
  ],
  notes: [
    INIT_NOTE,
    'Above 7.5 billion GB-seconds a month a lower price begins that is not recorded here (T03-03).',
  ],
};

const PROVISIONED_NOTES = [
  'Capacity kept ready is billed whether or not it is used; calls beyond it go to the on-demand table.',
];

function provisioned(ready: number, busy: number): Charge[] {
  return [
    requests,
    {
      label: 'Kept ready × memory',
      unit: 'GB-second',
      of: 'provisionedMbMs',
      unitSize: GB_SECOND,
      tiers: [{ upTo: Infinity, price: ready, per: 1, citation: provisionedPrice }],
    },
    {
      label: duration.label,
      unit: duration.unit,
      of: duration.of,
      unitSize: duration.unitSize,
      step,
      tiers: [{ upTo: Infinity, price: busy, per: 1, citation: provisionedPrice }],
    },
  ];
}

export const lambdaArmProvisioned: PriceTable = {
  ...aws,
  id: 'lambda-arm-provisioned',
  plan: 'Arm, provisioned concurrency',
  model: 'always-on',
  charges: provisioned(0.0000033333, 0.0000077778),
  notes: PROVISIONED_NOTES,
};

export const lambdaX86Provisioned: PriceTable = {
  ...aws,
  id: 'lambda-x86-provisioned',
  plan: 'x86, provisioned concurrency',
  model: 'always-on',
  charges: provisioned(0.0000041667, 0.0000097222),
  notes: PROVISIONED_NOTES,
};
