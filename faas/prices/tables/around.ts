/** What stands around a function and is charged for on its own, us-east-1. */

import type { Citation, PriceTable } from '../table.ts';

const gatewayPrice: Citation = {
  fact: 'T03-38',
  title: 'Infracost price test data: apigatewayv2_api_test / api_gateway_rest_api_test',
  url: 'https://aws.amazon.com/api-gateway/pricing/',
  asOf: '2024-07-01',
  kind: 'secondary',
};
const dynamoPrice: Citation = {
  fact: 'T03-40',
  title: 'Infracost price test data: dynamodb_table_test (3M WRU=$1.88, 8M RRU=$1.00)',
  url: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  asOf: '2024-11-15',
  kind: 'secondary',
};

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
