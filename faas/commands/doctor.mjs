/** `npm run doctor`, with a Node that is new enough. */

import { runWithOwnNode } from './own-node.mjs';

await runWithOwnNode('doctor.ts', 'npm run doctor');
