/** Azure Functions, Consumption plan, East US. */

import type { Citation, PriceTable } from '../table.ts';

const listPrice: Citation = {
  fact: 'T04-26',
  title: 'several public repos quoting Azure pricing',
  url: 'https://azure.microsoft.com/pricing/details/functions/',
  asOf: '2023-26 (secondary)',
  kind: 'secondary',
};

export const azureConsumption: PriceTable = {
  id: 'azure-consumption',
  provider: 'Azure Functions',
  plan: 'Consumption',
  region: 'East US',
  currency: 'USD',
  model: 'per-use',
  charges: [
    {
      label: 'Executions',
      unit: 'execution',
      of: 'requests',
      unitSize: 1,
      tiers: [{ upTo: Infinity, price: 0.2, per: 1e6, citation: listPrice }],
      free: { quantity: 1e6, citation: listPrice },
    },
    {
      label: 'Duration × memory',
      unit: 'GB-second',
      of: 'handlerMbMs',
      unitSize: 1024 * 1000,
      tiers: [{ upTo: Infinity, price: 0.000016, per: 1, citation: listPrice }],
      free: { quantity: 400_000, citation: listPrice },
    },
  ],
  fees: [],
  limits: [],
  notes: [
    'Azure calls this plan legacy (T04-24). Its rounding is not recorded here: exact times are used, with the memory configured.',
  ],
};
