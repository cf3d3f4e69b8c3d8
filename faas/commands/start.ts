/**
 * `npm start`. Turns on Node's compile cache, which cuts the time to the first response to a third.
 * It has to be turned on before anything else is loaded.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import '../drivers/process/no-debugger.mjs';

const root = process.cwd();

enableCompileCache(join(root, 'node_modules/.cache/scale-to-zero/compiled'));

try {
  const { serveHelpText, parseServeOptions } = await import('../local/serve-options.ts');
  const options = parseServeOptions(process.argv.slice(2), process.env);
  if (options.help) {
    console.log(serveHelpText());
  } else {
    const { serve } = await import('./serve.ts');
    await serve(root, options, console.log);
  }
} catch (error) {
  console.error(`\n${(error as Error).message}\n`);
  process.exitCode = 1;
}
