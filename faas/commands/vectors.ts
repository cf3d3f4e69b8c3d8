/** `npm run -s vectors -- <file>…`: prints how many cases of each file of reference vectors agree. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { replay } from './vectors/replay.ts';

const USAGE = `usage: npm run -s vectors -- <file>… | --help

  <file>    JSON: a list of autoscaler cases ("steps") or aggregation traces ("ops") of Knative, or of
            SimFaaS settings ("arrivalRate"). Each is replayed on ours; "agree: N/N" counts those
            that came out the same, and the first difference goes to stderr with exit status 1
  --help    prints this`;

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  console.log(USAGE);
} else if (words.length === 0) {
  console.error(`Expected one file of reference vectors or more, found none.\n${USAGE}`);
  process.exitCode = 2;
} else {
  for (const file of words) tell(file);
}

function tell(file: string): void {
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

/** npm runs scripts in the project's root, but the path may be relative to where npm was called. */
function find(file: string): string {
  const calledFrom = process.env['INIT_CWD'] ?? process.cwd();
  const path = [process.cwd(), calledFrom]
    .map((folder) => resolve(folder, file))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`${file}: expected a file of reference vectors, found none.`);
  return path;
}
