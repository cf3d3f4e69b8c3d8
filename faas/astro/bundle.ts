/** Makes one file of JavaScript, as a browser takes it, from a source file and all that it imports. */

import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

/** `es`: a module that exports what the file exports. `iife`: a classic script. */
export type BundleFormat = 'es' | 'iife';

/** How a file is bundled. */
export interface BundleOptions {
  /** @default es */
  readonly format?: BundleFormat;
  /** Whether Node's modules are empty, for a library that uses them in Node only. @default false */
  readonly emptiesNode?: boolean;
}

/**
 * One minified file.
 *
 * @param root folder of the project
 * @param file below the root, or a whole path
 * @returns null when it imports a module of Node
 */
export async function bundle(
  root: string,
  file: string,
  { format = 'es', emptiesNode = false }: BundleOptions = {},
): Promise<string | null> {
  const nodeImports = new NodeImports(emptiesNode);
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
          input: resolve(root, file),
          preserveEntrySignatures: 'strict',
          output: { format, codeSplitting: false },
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

const EMPTY = '\0empty-node-module';

/** Stops the bundling at the first import of a Node-only module, and records that it did; or puts an empty one there. */
class NodeImports {
  found = false;
  readonly #empties: boolean;

  constructor(empties: boolean) {
    this.#empties = empties;
  }

  readonly plugin: Plugin = {
    name: 'node-imports',
    enforce: 'pre',
    resolveId: (source) => {
      if (this.#empties) return isBuiltin(source) ? EMPTY : null;
      this.found ||= isBuiltin(source);
      if (this.found) throw new Error(`${source} is a module of Node`);
      return null;
    },
    load: (id) => (id === EMPTY ? 'export default {};' : null),
  };
}
