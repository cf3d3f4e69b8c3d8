/**
 * `npm start`. Plain JavaScript, so that a Node too old for the rest can run it: it continues with the
 * Node that the course installs, or says what is missing.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('./start.ts', import.meta.url));
const OWN_NODE = join(process.cwd(), 'node_modules/node/bin/node');

if (process.features.typescript) {
  await import('./start.ts');
} else if (existsSync(OWN_NODE)) {
  const child = spawn(OWN_NODE, [...process.execArgv, START, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
} else {
  console.error(
    `\nThis needs Node 22.18 or newer, and this is ${process.version}. The course brings its own Node, which an install script fetches, and that script was not run. Run it, then start again: npm rebuild node && npm start\n`,
  );
  process.exitCode = 1;
}
