/**
 * Bundles each function into one module that a browser can import, so that on a static host it runs
 * in the reader's tab.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TAB_FUNCTIONS, TAB_RULES, type TabFunction } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { settledQueue } from '../core/queue/queue-plan.ts';
import type { DoorRules } from '../core/rules/route-rules.ts';
import { callsGranted, isGranted, twinAt, type PlatformFile } from '../project/platform-file.ts';
import { bundle } from './bundle.ts';

/** Folder of the modules in the built site, and in URLs. */
const [FOLDER = ''] = TAB_FUNCTIONS.split('/');

/** What only a server can give: a function in a tab sets no cookie, so that nobody could sign in. */
const ONLY_ON_A_SERVER = ['session'];

/** Whether a browser could run the function, as far as one sees without its code. */
export function mayRunInTab({ runtime, route }: FunctionSpec, { grants }: PlatformFile): boolean {
  return runtime === 'node' && !ONLY_ON_A_SERVER.some((grant) => isGranted(grants, route, grant));
}

/** A route has one revision in a tab, the one that most of its calls go to: nobody shifts traffic there. */
export function isInTab({ route, revision }: FunctionSpec, { revisions }: PlatformFile): boolean {
  const shares = revisions[route]?.shares ?? [];
  const most = Math.max(...shares.map(({ weight }) => weight));
  const main = shares.find(({ weight }) => weight === most);
  return main === undefined || main.revision === revision;
}

/** Whether the function may use the tab's database. */
export function isGrantedStore({ route }: FunctionSpec, { grants }: PlatformFile): boolean {
  return isGranted(grants, route, 'store');
}

/** What a tab must know of a function before any of it is loaded. */
export function inTab(spec: FunctionSpec, file: PlatformFile): Omit<TabFunction, 'module'> {
  const { route } = spec;
  const { queue } = file.triggers[route] ?? {};
  return {
    ...spec,
    guarded: Object.hasOwn(file.rules, route),
    stores: isGrantedStore(spec, file),
    calls: callsGranted(file.grants, route),
    twin: twinAt(file, route),
    queue: queue === undefined ? null : settledQueue(queue),
  };
}

/** What the tab is told of the project's file: its rules. Keys stand in it as hashes. */
export function tabRules({ plans, keys, rules }: PlatformFile): DoorRules {
  return { plans, keys, rules };
}

/**
 * Writes `_tab/<route>.<hash>.js` for each function that a browser can run, the list of all, and the
 * rules of the front door.
 * Python has no module, and neither have functions that use Node's own modules or sign people in.
 *
 * @param dist folder of the built site
 * @param base path that the site is served under, with a slash at its end
 */
export async function writeTabModules(
  root: string,
  functions: readonly FunctionSpec[],
  file: PlatformFile,
  { dist, base }: { readonly dist: string; readonly base: string },
): Promise<readonly TabFunction[]> {
  const listed: TabFunction[] = [];
  for (const spec of functions.filter((one) => isInTab(one, file))) {
    const known = inTab(spec, file);
    const code = mayRunInTab(spec, file) ? await bundle(root, spec.file) : null;
    if (code === null) {
      listed.push({ ...known, module: null });
      continue;
    }
    const version = createHash('sha256').update(code).digest('hex').slice(0, 8);
    const name = `${FOLDER}${spec.route}.${version}.js`;
    write(join(dist, name), code);
    listed.push({ ...known, module: `${base}${name}` });
  }
  write(join(dist, TAB_FUNCTIONS), JSON.stringify(listed));
  write(join(dist, TAB_RULES), JSON.stringify(tabRules(file)));
  return listed;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
