/**
 * Bundles each function into one module that a browser can import, so that on a static host it runs
 * in the reader's tab.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'vite';
import { TAB_FUNCTIONS, type TabFunction } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';

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

/** @returns one minified ES module; null when the function needs a server */
async function bundle(root: string, file: string): Promise<string | null> {
  const nodeImports = new NodeImports();
  try {
    const result = await build({
      root,
      configFile: false,
      envFile: false,
      publicDir: false,
      logLevel: 'silent',
      plugins: [nodeImports.plugin],
      build: {
        write: false,
        target: 'es2022',
        minify: true,
        modulePreload: false,
        rolldownOptions: {
          input: join(root, file),
          preserveEntrySignatures: 'strict',
          output: { format: 'es', codeSplitting: false },
        },
      },
    });
    const outputs = Array.isArray(result) ? result : [result];
    const chunk = outputs
      .flatMap((output) => ('output' in output ? output.output : []))
      .find((output) => output.type === 'chunk');
    if (chunk === undefined) throw new Error(`${file} was bundled into nothing.`);
    return chunk.code;
  } catch (error) {
    if (nodeImports.found) return null;
    throw new Error(`${file} could not be bundled for the tab: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Stops the bundling at the first import of a Node-only module, and records that it did. */
class NodeImports {
  found = false;

  readonly plugin: Plugin = {
    name: 'node-imports',
    enforce: 'pre',
    resolveId: (source) => {
      this.found ||= isBuiltin(source);
      if (this.found) throw new Error(`${source} is a module of Node`);
      return null;
    },
  };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
