/**
 * `npm start`. Turns on Node's compile cache, which cuts the time to the first response to a third.
 * It has to be turned on before anything else is loaded.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// By default Node opens a debugger on this signal, through which any process of this user could run
// code in this one. A listener prevents that.
process.on('SIGUSR1', () => undefined);

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
