/** Azure Functions in East US: the Flex Consumption plan, and the older plan that it replaces. */

import type { Citation, PriceTable } from '../table.ts';

const listPrice: Citation = {
  fact: 'T04-26',
  title: 'several public repos quoting Azure pricing',
  url: 'https://azure.microsoft.com/pricing/details/functions/',
  asOf: '2023-26 (secondary)',
  kind: 'secondary',
};

const flexPrice: Citation = {
  fact: 'X16-48',
  title:
    'Azure Retail Prices API, East US, queried 2026-07-30, as quoted in a public repository; Modal’s blog (2025-05-22) agrees',
  url: 'https://azure.microsoft.com/pricing/details/functions/',
  asOf: '2026-07-30',
  kind: 'secondary',
};
const flexGrant: Citation = {
  fact: 'X16-49',
  title:
    'Azure pricing skill, functions.md (public repository); MicrosoftDocs/azure-docs includes/functions-flex-consumption-billing-table.md',
  url: 'https://github.com/MicrosoftDocs/azure-docs/blob/fe3d7e1aa0f8e37f19985ebfb10de416abdca504/includes/functions-flex-consumption-billing-table.md',
  asOf: '2026-08-31; no grant for always ready: 2024-11-05',
  kind: 'secondary',
};
const flexSteps: Citation = {
  fact: 'T04-27',
  title: 'MicrosoftDocs/azure-docs flex-consumption-plan.md',
  url: 'https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan',
  asOf: '2024-05-24 (preview text)',
  kind: 'primary',
};

const azure = {
  provider: 'Azure Functions',
  region: 'East US',
  currency: 'USD',
  model: 'per-use',
  fees: [],
  limits: [],
} as const;
const executions = {
  label: 'Executions',
  unit: 'execution',
  of: 'requests',
  unitSize: 1,
} as const;
const duration = {
  label: 'Duration × memory',
  unit: 'GB-second',
  unitSize: 1024 * 1000,
} as const;

export const azureFlex: PriceTable = {
  ...azure,
  id: 'azure-flex',
  plan: 'Flex Consumption, on demand',
  charges: [
    {
      ...executions,
      tiers: [{ upTo: Infinity, price: 0.4, per: 1e6, citation: flexPrice }],
      free: { quantity: 250_000, citation: flexGrant },
    },
    {
      ...duration,
      of: 'flexMbMs',
      step: { ms: 100, citation: flexSteps },
      tiers: [{ upTo: Infinity, price: 0.000026, per: 1, citation: flexPrice }],
      free: { quantity: 100_000, citation: flexGrant },
    },
  ],
  notes: [
    'At least 1,000 ms are billed each time an instance has something to do (T04-27). Calls that run in it at the same time share them.',
    'An instance has 512, 2,048 or 4,096 MB: the smallest that holds what is configured. CPU is handed out by size, a whole core with 2,048 MB (X05-01), so computing takes longer on the smallest.',
  ],
};

export const azureConsumption: PriceTable = {
  ...azure,
  id: 'azure-consumption',
  plan: 'Consumption, legacy',
  charges: [
    {
      ...executions,
      tiers: [{ upTo: Infinity, price: 0.2, per: 1e6, citation: listPrice }],
      free: { quantity: 1e6, citation: listPrice },
    },
    {
      ...duration,
      of: 'handlerMbMs',
      tiers: [{ upTo: Infinity, price: 0.000016, per: 1, citation: listPrice }],
      free: { quantity: 400_000, citation: listPrice },
    },
  ],
  notes: [
    'Azure calls this plan legacy (T04-24). It bills the memory that was observed, in steps of 128 MB (X16-50); here all that is configured is taken to be used, and exact times, so this is an upper bound.',
  ],
};
