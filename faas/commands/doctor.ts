/** `npm run doctor`: whether this machine has what the course needs, and the cure for what it lacks. */

import { CHECKS } from './doctor/checks.ts';
import { examine, report } from './doctor/report.ts';

const USAGE = `usage: npm run doctor [-- --help]

  Looks at this machine and prints a line for each thing that the course needs, with a cure where
  something is missing. The exit status is 1 when the course cannot start, and 0 otherwise: without
  Python or a browser for the tests, a part of it does not run.`;

const [word] = process.argv.slice(2);
if (word === '--help' || word === '-h') {
  console.log(USAGE);
} else if (word !== undefined) {
  console.error(`Expected no options, found ${word}.\n${USAGE}`);
  process.exitCode = 2;
} else {
  const rows = await examine(CHECKS);
  console.log(report(rows));
  if (rows.some(({ state }) => state === 'missing')) process.exitCode = 1;
}
