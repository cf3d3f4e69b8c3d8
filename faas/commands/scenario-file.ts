/** A scenario as the file that a command was given. */

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Scenario } from '../simulation/scenario.ts';
import { readScenario } from '../simulation/scenario-schema.ts';

/** @throws with every mistake in it, or when there is no such file */
export function loadScenario(file: string): Scenario {
  const path = pathsOf(file).find((candidate) => isFile(candidate));
  if (path === undefined) {
    throw new Error(`${file}: expected a file with a scenario, found none`);
  }
  return readScenario(readFileSync(path, 'utf8'), file);
}

/** npm runs scripts at the root of the project; a path may be meant from where npm was called. */
function pathsOf(file: string): string[] {
  return [resolve(process.env['INIT_CWD'] ?? '', file), resolve(file)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
