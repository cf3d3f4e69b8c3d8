/**
 * `npm start`. What Node compiles is kept between runs, types stripped, which leaves a third of the
 * time to the first answer; it has to be asked for before anything is loaded.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// Node opens a debugger at this signal, through which any process of this user could run commands
// as this one. With a listener it does not.
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
