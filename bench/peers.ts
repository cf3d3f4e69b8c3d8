/** Everyone who is measured, in the order of the tables. */

import type { Peer } from './peer.ts';
import { bareNode } from './peers/bare-node.ts';
import { bareRelay } from './peers/bare-relay.ts';
import { faasJsRuntime } from './peers/faas-js-runtime.ts';
import { functionsFramework } from './peers/functions-framework.ts';
import { miniflare } from './peers/miniflare.ts';
import { netlifyFunctions } from './peers/netlify-functions.ts';
import { ours, oursShared } from './peers/ours.ts';
import { serverlessOffline } from './peers/serverless-offline.ts';
import { vercelDev } from './peers/vercel-dev.ts';
import { wranglerDev } from './peers/wrangler-dev.ts';

export const PEERS: readonly Peer[] = [
  ours,
  oursShared,
  bareNode,
  bareRelay,
  miniflare,
  wranglerDev,
  functionsFramework,
  faasJsRuntime,
  serverlessOffline,
  netlifyFunctions,
  vercelDev,
];
