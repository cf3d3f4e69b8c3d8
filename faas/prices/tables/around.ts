/** Services around a function that are charged separately, in us-east-1. */

import { HOURS_A_MONTH } from '../bill.ts';
import type { Citation, PriceTable } from '../table.ts';

const gatewayPrice: Citation = {
  fact: 'T03-38',
  title: 'Amazon API Gateway pricing page, as copied in Infracost’s price tests',
  url: 'https://aws.amazon.com/api-gateway/pricing/',
  asOf: '2024-07-01',
  kind: 'secondary',
};
const dynamoPrice: Citation = {
  fact: 'T03-40',
  title: 'Amazon DynamoDB pricing page, as copied in Infracost’s price tests',
  url: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  asOf: '2024-11-15',
  kind: 'secondary',
};
const logPrice: Citation = {
  fact: 'X14-08',
  title: 'C3X on CloudWatch Logs (prices of June 2026); Duckbill (May 2025); hykell.com',
  url: 'https://c3x.dev/blog/cloudwatch-logs-cost-optimization',
  asOf: '2026-06',
  kind: 'secondary',
};
const trafficPrice: Citation = {
  fact: 'X14-11',
  title: 'usage.ai (5 June 2026) and egresscost.com, agreeing',
  url: 'https://www.egresscost.com/aws',
  asOf: '2026-06',
  kind: 'secondary',
};
const natPrice: Citation = {
  fact: 'X14-11',
  title: 'usage.ai (5 June 2026) and egresscost.com, agreeing',
  url: 'https://www.egresscost.com/aws',
  asOf: '2026-06',
  kind: 'secondary',
};
const balancerPrice: Citation = {
  fact: 'X14-12',
  title: 'AWS’s price page of Elastic Load Balancing, as copied by api-evangelist',
  url: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
  asOf: '2026-09-20',
  kind: 'secondary',
};
const diskPrice: Citation = {
  fact: 'X14-18',
  title:
    'Amazon EBS pricing page, as copied in Infracost’s price tests and in a list of 2025-12-01',
  url: 'https://aws.amazon.com/ebs/pricing/',
  asOf: '2025-12-01',
  kind: 'secondary',
};

const GB = 1e9;

const aws = {
  region: 'us-east-1',
  currency: 'USD',
  model: 'per-use',
  fees: [],
  limits: [],
} as const;
const FIRST_TIER =
  'Only the first tier’s price is recorded: above its end the bill is an upper bound.';

function gateway(price: number): PriceTable['charges'] {
  const tiers = [{ upTo: Infinity, price, per: 1e6, citation: gatewayPrice }];
  return [{ label: 'Gateway requests', unit: 'request', of: 'requests', unitSize: 1, tiers }];
}

export const apiGatewayHttp: PriceTable = {
  ...aws,
  id: 'api-gateway-http',
  provider: 'AWS API Gateway',
  plan: 'HTTP API',
  charges: gateway(1),
  notes: [`${FIRST_TIER} It ends at 300 million a month (T03-38).`],
};

export const apiGatewayRest: PriceTable = {
  ...aws,
  id: 'api-gateway-rest',
  provider: 'AWS API Gateway',
  plan: 'REST API',
  charges: gateway(3.5),
  notes: [`${FIRST_TIER} It ends at 333 million a month (T03-38).`],
};

export const dynamoDb: PriceTable = {
  ...aws,
  id: 'dynamodb',
  provider: 'AWS DynamoDB',
  plan: 'on demand, requests only',
  charges: [
    {
      label: 'Writes',
      unit: 'write unit',
      of: 'writeUnits',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.625, per: 1e6, citation: dynamoPrice }],
    },
    {
      label: 'Reads',
      unit: 'read unit',
      of: 'readUnits',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.125, per: 1e6, citation: dynamoPrice }],
    },
  ],
  notes: ['Storage is charged as well, used or not (T07-09).'],
};

export const logs: PriceTable = {
  ...aws,
  id: 'cloudwatch-logs',
  provider: 'AWS CloudWatch',
  plan: 'logs taken in',
  charges: [
    {
      label: 'Logs',
      unit: 'GB',
      of: 'logBytes',
      unitSize: GB,
      tiers: [{ upTo: Infinity, price: 0.5, per: 1, citation: logPrice }],
      free: { quantity: 5, citation: logPrice },
    },
  ],
  notes: ['Keeping them costs extra, and they are kept for ever unless told otherwise (X14-08).'],
};

export const trafficOut: PriceTable = {
  ...aws,
  id: 'aws-traffic-out',
  provider: 'AWS',
  plan: 'traffic to the internet',
  charges: [
    {
      label: 'Answers',
      unit: 'GB',
      of: 'responseBytes',
      unitSize: GB,
      tiers: [{ upTo: Infinity, price: 0.09, per: 1, citation: trafficPrice }],
      free: { quantity: 100, citation: trafficPrice },
    },
  ],
  notes: ['Bodies alone are counted here; headers leave the network too.'],
};

function byTheHour(label: string, price: number, citation: Citation): PriceTable['charges'] {
  const tiers = [{ upTo: Infinity, price, per: 1, citation }];
  return [{ label, unit: 'hour', of: 'machineHours', unitSize: 1, tiers }];
}

export const natGateway: PriceTable = {
  ...aws,
  id: 'aws-nat-gateway',
  provider: 'AWS',
  plan: 'NAT gateway, its hours',
  model: 'always-on',
  charges: byTheHour('NAT gateway', 0.045, natPrice),
  notes: ['Each GB that goes through it costs 0.045 USD as well, which is not in it (X14-11).'],
};

export const loadBalancer: PriceTable = {
  ...aws,
  id: 'aws-load-balancer',
  provider: 'AWS',
  plan: 'Application Load Balancer, its hours',
  model: 'always-on',
  charges: byTheHour('Load balancer', 0.0225, balancerPrice),
  notes: ['Its capacity units cost 0.008 USD an hour each, which are not in it (X14-12).'],
};

export const gp3Disk: PriceTable = {
  ...aws,
  id: 'aws-gp3-disk',
  provider: 'AWS EBS',
  plan: 'gp3 disk',
  model: 'always-on',
  charges: [
    {
      label: 'Disk',
      unit: 'GB-month',
      of: 'diskGbHours',
      unitSize: HOURS_A_MONTH,
      tiers: [{ upTo: Infinity, price: 0.08, per: 1, citation: diskPrice }],
    },
  ],
  notes: [],
};
