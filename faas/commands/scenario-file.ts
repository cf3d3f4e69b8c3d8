/** Loads the scenario file that is given to a command. */

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Scenario } from '../simulation/scenario.ts';
import { readScenario } from '../simulation/scenario-schema.ts';

/** @throws with all mistakes in the scenario, or when there is no such file */
export function loadScenario(file: string): Scenario {
  const path = pathsOf(file).find((candidate) => isFile(candidate));
  if (path === undefined) {
    throw new Error(`${file}: expected a file with a scenario, found none`);
  }
  return readScenario(readFileSync(path, 'utf8'), file);
}

/** npm runs scripts in the project's root, but the path may be relative to where npm was called. */
function pathsOf(file: string): string[] {
  return [resolve(process.env['INIT_CWD'] ?? '', file), resolve(file)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
