/**
 * Bundles each function into one module that a browser can import, so that on a static host it runs
 * in the reader's tab.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TAB_FUNCTIONS, type TabFunction } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { bundle } from './bundle.ts';

/** Folder of the modules in the built site, and in URLs. */
const [FOLDER = ''] = TAB_FUNCTIONS.split('/');

/**
 * Writes `_tab/<route>.<hash>.js` for each function that a browser can run, and the list of all.
 * Python has no module, and neither have functions that use Node's own modules.
 *
 * @param dist folder of the built site
 * @param base path that the site is served under, with a slash at its end
 */
export async function writeTabModules(
  root: string,
  functions: readonly FunctionSpec[],
  dist: string,
  base: string,
): Promise<readonly TabFunction[]> {
  const listed: TabFunction[] = [];
  for (const spec of functions) {
    const code = spec.runtime === 'node' ? await bundle(root, spec.file) : null;
    if (code === null) {
      listed.push({ ...spec, module: null });
      continue;
    }
    const version = createHash('sha256').update(code).digest('hex').slice(0, 8);
    const name = `${FOLDER}${spec.route}.${version}.js`;
    write(join(dist, name), code);
    listed.push({ ...spec, module: `${base}${name}` });
  }
  write(join(dist, TAB_FUNCTIONS), JSON.stringify(listed));
  return listed;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
