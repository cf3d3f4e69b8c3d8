/** The tables of a receipt, kept out of the catalog so that pages load only these. */

import type { PriceTable } from './table.ts';
import { azureFlex } from './tables/azure.ts';
import { cloudRunRequests } from './tables/cloud-run.ts';
import { lambdaX86 } from './tables/lambda.ts';
import { vercelPro } from './tables/vercel.ts';
import { workersPaid } from './tables/workers.ts';

/** One table of each provider, for the receipt of one run. */
export const RECEIPT_TABLES: readonly PriceTable[] = [
  lambdaX86,
  vercelPro,
  workersPaid,
  cloudRunRequests,
  azureFlex,
];
