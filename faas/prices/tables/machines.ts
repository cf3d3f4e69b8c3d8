/** Always-on machines, the baseline to which serverless is compared. */

import type { Citation, PriceTable } from '../table.ts';

const t4gPrice: Citation = {
  fact: 'T03-30',
  title: 'AWS Price List API, queried 2026-09-16, as quoted in a public repository',
  url: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  asOf: '2026-09-16',
  kind: 'secondary',
};
const t4gSurplusPrice: Citation = {
  fact: 'X14-19',
  title:
    'A merge request of GitLab’s docker-machine that quotes AWS’s price; the 20 % in AWS’s ElastiCache guide, for the node of the same name',
  url: 'https://gitlab.com/gitlab-org/ci-cd/docker-machine/-/merge_requests/118',
  asOf: '2026 (undated copies)',
  kind: 'secondary',
};
const t3Price: Citation = {
  fact: 'T03-31',
  title:
    'AWS Price List API, queried 2026-09-16, as quoted in a public repository; Wring’s EC2 guide',
  url: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  asOf: '2026-03 / 2026-09-16',
  kind: 'secondary',
};
const e2Price: Citation = {
  fact: 'T03-32',
  title: 'Google Compute Engine prices, us-central1, as copied in a public repository',
  url: 'https://cloud.google.com/compute/vm-instance-pricing',
  asOf: '2026 (file undated)',
  kind: 'secondary',
};
const fargateX86Price: Citation = {
  fact: 'T03-28',
  title:
    'AWS Fargate pricing page, as copied in Infracost’s price tests ($29.55 + $6.49), Vantage’s blog and Wring’s guide of 2026-03',
  url: 'https://aws.amazon.com/fargate/pricing/',
  asOf: '2025-07-07; guides 2026-03/04',
  kind: 'secondary',
};
const fargateArmPrice: Citation = {
  fact: 'T03-29',
  title: 'Vantage - AWS Fargate pricing explained',
  url: 'https://www.vantage.sh/blog/fargate-pricing',
  asOf: 'updated after 2021',
  kind: 'secondary',
};

const addressPrice: Citation = {
  fact: 'T03-33',
  title:
    'AWS’s announcement, as reported by DoiT; Clouds-Against-Humanity wiki (read from Google’s page)',
  url: 'https://www.doit.com/aws-public-ipv4-price-increase-the-complete-guide/',
  asOf: 'AWS 2024-02-01, repeated 2026; GCP 2026-10-16',
  kind: 'secondary',
};

const alwaysOn = { currency: 'USD', model: 'always-on', fees: [], limits: [] } as const;
const ALONE = 'One machine has no second to take over; its disk is not in it.';

function machine(price: number, citation: Citation): PriceTable['charges'] {
  const tiers = [{ upTo: Infinity, price, per: 1, citation }];
  return [{ label: 'Machine', unit: 'hour', of: 'machineHours', unitSize: 1, tiers }];
}

export const ec2T4gSmall: PriceTable = {
  ...alwaysOn,
  id: 'ec2-t4g-small',
  provider: 'AWS EC2',
  plan: 't4g.small (2 vCPU Arm, burstable, 2 GiB)',
  region: 'us-east-1',
  charges: machine(0.0168, t4gPrice),
  notes: [ALONE],
};

/** Share of each vCPU of a t4g.small that its price has in it. */
export const T4G_SMALL_BASELINE = 0.2;

/** CPU that machines of the kind T4g use beyond their baseline. */
export const t4gSurplus: PriceTable = {
  ...alwaysOn,
  id: 'ec2-t4g-surplus',
  provider: 'AWS EC2',
  plan: 'T4g, CPU beyond the baseline',
  region: 'us-east-1',
  charges: [
    {
      label: 'CPU beyond the baseline',
      unit: 'vCPU-hour',
      of: 'surplusVcpuHours',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.04, per: 1, citation: t4gSurplusPrice }],
    },
  ],
  notes: [],
};

export const ec2T3Micro: PriceTable = {
  ...alwaysOn,
  id: 'ec2-t3-micro',
  provider: 'AWS EC2',
  plan: 't3.micro',
  region: 'us-east-1',
  charges: machine(0.0104, t3Price),
  notes: [ALONE],
};

export const gceE2Small: PriceTable = {
  ...alwaysOn,
  id: 'gce-e2-small',
  provider: 'Google Compute Engine',
  plan: 'e2-small',
  region: 'us-central1',
  charges: machine(0.016751, e2Price),
  notes: [ALONE],
};

/** The public address that a machine on AWS or Google needs to be reachable over IPv4. */
export const publicIpv4: PriceTable = {
  ...alwaysOn,
  id: 'public-ipv4',
  provider: 'Public address',
  plan: 'IPv4',
  region: 'AWS, Google',
  charges: [
    {
      label: 'Public address',
      unit: 'hour',
      of: 'machineHours',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.005, per: 1, citation: addressPrice }],
    },
  ],
  notes: [],
};

function fargate(cpu: number, memory: number, citation: Citation): PriceTable['charges'] {
  return [
    {
      label: 'CPU',
      unit: 'vCPU-hour',
      of: 'vcpuHours',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: cpu, per: 1, citation }],
    },
    {
      label: 'Memory',
      unit: 'GB-hour',
      of: 'memoryGbHours',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: memory, per: 1, citation }],
    },
  ];
}

export const fargateX86: PriceTable = {
  ...alwaysOn,
  id: 'fargate-x86',
  provider: 'AWS Fargate',
  plan: 'Linux, x86',
  region: 'us-east-1',
  charges: fargate(0.04048, 0.004445, fargateX86Price),
  notes: [],
};

export const fargateArm: PriceTable = {
  ...alwaysOn,
  id: 'fargate-arm',
  provider: 'AWS Fargate',
  plan: 'Linux, Arm',
  region: 'us-east-1',
  charges: fargate(0.03238, 0.00356, fargateArmPrice),
  notes: [],
};

/** A machine whose price the reader enters. */
export function ownMachine(
  pricePerMonth: number,
  currency = 'USD',
  plan = 'your own machine',
): PriceTable {
  const asTyped = {
    fact: null,
    title: 'Typed by the reader',
    url: '',
    asOf: '',
    kind: 'reader',
  } as const;
  return {
    ...alwaysOn,
    id: 'own-machine',
    provider: 'Your price',
    plan,
    region: '',
    currency,
    charges: [],
    fees: [{ label: 'Machine', price: pricePerMonth, citation: asTyped }],
    notes: [],
  };
}
