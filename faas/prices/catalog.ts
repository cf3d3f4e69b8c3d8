/** The price tables that pages and commands list. A page that needs a single table imports it. */

import type { PriceTable } from './table.ts';
import { azureConsumption, azureFlex } from './tables/azure.ts';
import { cloudRunInstances, cloudRunRequests, cloudRunTierTwo } from './tables/cloud-run.ts';
import {
  lambdaArm,
  lambdaArmProvisioned,
  lambdaX86,
  lambdaX86Provisioned,
} from './tables/lambda.ts';
import { ec2T3Micro, ec2T4gSmall, fargateArm, fargateX86, gceE2Small } from './tables/machines.ts';
import { vercelHobby, vercelPro } from './tables/vercel.ts';
import { workersFree, workersPaid } from './tables/workers.ts';

/** Tables of services charged by use. */
export const FUNCTION_TABLES: readonly PriceTable[] = [
  lambdaX86,
  lambdaArm,
  lambdaX86Provisioned,
  lambdaArmProvisioned,
  vercelHobby,
  vercelPro,
  workersFree,
  workersPaid,
  cloudRunRequests,
  cloudRunTierTwo,
  cloudRunInstances,
  azureFlex,
  azureConsumption,
];

/** Tables of machines charged by the hour, used or not. */
export const MACHINE_TABLES: readonly PriceTable[] = [
  ec2T4gSmall,
  ec2T3Micro,
  gceE2Small,
  fargateX86,
  fargateArm,
];
