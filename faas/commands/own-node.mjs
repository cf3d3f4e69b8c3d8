/**
 * Runs a command with a Node that reads TypeScript: the one that runs this, or the one that the
 * course installs. Plain JavaScript, so that a Node too old for the rest can run it.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '../drivers/process/no-debugger.mjs';

const BIN = join(process.cwd(), 'node_modules/node/bin');
/** On Windows the file without an ending is there too, and empty. */
const OWN_NODE = join(BIN, process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The command gets the version of the Node that began it as `STARTED_BY_NODE`.
 *
 * @param {string} file beside this one: `start.ts`
 * @param {string} command what the reader types: `npm start`
 */
export async function runWithOwnNode(file, command) {
  process.env.STARTED_BY_NODE ??= process.version;
  if (process.features.typescript) {
    await import(`./${file}`);
    return;
  }
  if (!existsSync(OWN_NODE)) {
    console.error(`\n${missing(command)}\n`);
    process.exitCode = 1;
    return;
  }
  const path = fileURLToPath(new URL(`./${file}`, import.meta.url));
  const child = spawn(OWN_NODE, [...process.execArgv, path, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('exit', (code) => process.exit(code ?? 1));
}

function missing(command) {
  const found = `This needs Node 22.18 or newer, and this is ${process.version}. The course brings its own Node`;
  return existsSync(join(process.cwd(), 'node_modules'))
    ? `${found}, which an install script fetches, and that script was not run. Run it, then start again: npm rebuild node && ${command}`
    : `${found}, and its packages are not installed yet. Install them, then start again: npm ci && ${command}`;
}
