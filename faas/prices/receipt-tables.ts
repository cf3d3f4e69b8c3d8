/** The tables of a receipt, apart from the full catalog so that a page loads these alone. */

import type { PriceTable } from './table.ts';
import { azureFlex } from './tables/azure.ts';
import { cloudRunRequests } from './tables/cloud-run.ts';
import { lambdaX86 } from './tables/lambda.ts';
import { vercelPro } from './tables/vercel.ts';
import { workersPaid } from './tables/workers.ts';

/** One of each provider: what a receipt shows for one run. */
export const RECEIPT_TABLES: readonly PriceTable[] = [
  lambdaX86,
  vercelPro,
  workersPaid,
  cloudRunRequests,
  azureFlex,
];
