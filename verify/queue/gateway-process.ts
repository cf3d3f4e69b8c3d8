/**
 * A platform as a process of its own, which can be killed: `node gateway-process.ts ROOT DATA`. Its first line
 * is where it listens. It ends when its input does, which is when whoever started it is gone.
 */

import { startSiteless } from '../../faas/local/siteless-platform.ts';

const [root = '', dataFolder = ''] = process.argv.slice(2);
const env = { FAAS_STORE_IDLE_MS: 'unlimited' };
const { local, origin, stop } = await startSiteless({ root, dataFolder, env });
await local.prepareResources();
local.deliver();
process.stdout.write(`${origin}\n`);

process.stdin.resume().once('end', () => {
  void stop(5_000).then(() => process.exit());
});
