/** `npm start`, with a Node that is new enough. */

import { runWithOwnNode } from './own-node.mjs';

await runWithOwnNode('start.ts', 'npm start');
