/** `npm run -s vectors -- <file>…`: says for each file of reference vectors how many cases agree. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { replay } from './vectors/replay.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Expected one file of reference vectors or more: npm run -s vectors -- <file>…');
  process.exitCode = 2;
}
for (const file of files) {
  try {
    const { cases, agreeing, difference } = replay(find(file));
    console.log(`agree: ${String(agreeing)}/${String(cases)}`);
    if (difference !== null) {
      console.error(`${file}: first difference in ${difference}`);
      process.exitCode = 1;
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** npm runs scripts at the root of the project; a relative path may be meant from where npm was called. */
function find(file: string): string {
  const calledFrom = process.env['INIT_CWD'] ?? process.cwd();
  const path = [process.cwd(), calledFrom]
    .map((folder) => resolve(folder, file))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`${file}: expected a file of reference vectors, found none.`);
  return path;
}
