/** How a program is started: its arguments and environment, with the least it needs. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { FunctionSpec } from '../../core/function.ts';
import type { ModuleSources } from './module-sources.ts';

export interface RuntimeCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
}

const HERE = dirname(fileURLToPath(import.meta.url));

/** Nothing of the parent's environment but what a program needs to find its way. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR', 'SystemRoot', 'TEMP'];

/**
 * The environment of an instance. Its time zone is UTC, as on Lambda and Vercel.
 *
 * @param port that it is to listen on; 0 for a runtime of ours, which takes any and says which
 * @param own variables of the project, see {@link projectVariables}
 */
export function environmentFor(
  port: number,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const env: Record<string, string> = { ...own, TZ: 'UTC', PORT: String(port) };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** Read as `vercel dev` does; a later file wins. */
const ENV_FILES = ['.env', '.env.local'];

/**
 * What the project's `.env` and `.env.local` give its functions. They are read at each start of an
 * instance, are in no trace and in no bundle, and cannot name what the platform itself sets.
 */
export function projectVariables(root: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of ENV_FILES) {
    const file = join(root, name);
    if (existsSync(file)) Object.assign(variables, parseEnv(readFileSync(file, 'utf8')));
  }
  const own = Object.entries(variables).filter(([name]) => !/^(FAAS_.*|PORT|TZ)$/.test(name));
  return Object.fromEntries(own);
}

/** A heap that Node starts in, with room for its own modules. In MB. */
const LEAST_HEAP_MB = 16;

/**
 * The child may read the project's functions and packages, and nothing else; it may not write a
 * file, start a process or a worker, or load native code. The network is open to it.
 *
 * V8 is told how much there is, or it would collect no garbage until it held many times that: a
 * handler that keeps nothing grew to 170 MB within 30,000 calls, and stays at 45 MB when told 256.
 *
 * The arguments are always named: a V8 flag that is inherited from the parent may not match the
 * snapshot that Node starts from, and doubles the time a start takes.
 */
export function nodeCommand(
  root: string,
  spec: FunctionSpec,
  modules: ModuleSources,
  token: string,
): RuntimeCommand {
  const file = join(root, spec.file);
  const sources = modules.bundleFor(file);
  const script = modules.scriptFor(join(HERE, 'node-runtime.ts'));
  const readable = [
    join(root, spec.file.split('/')[0] ?? ''),
    join(root, 'node_modules'),
    join(root, 'package.json'),
    modules.folder,
  ];
  return {
    program: process.execPath,
    args: [
      `--max-heap-size=${Math.max(LEAST_HEAP_MB, Math.ceil(spec.memoryMb))}`,
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      script,
    ],
    env: {
      ...environmentFor(0, projectVariables(root)),
      FAAS_TOKEN: token,
      FAAS_MODULE: pathToFileURL(file).href,
      FAAS_SOURCES: sources,
    },
  };
}

/** More threads than this help nobody. */
const MOST_THREADS = 1000;

/**
 * `-I`: nothing of the user's environment or folders; `-B`: no bytecode files are written.
 *
 * @param concurrency calls it may be given at once
 */
export function pythonCommand(
  program: string,
  root: string,
  spec: FunctionSpec,
  token: string,
  concurrency: number,
): RuntimeCommand {
  const threads = Math.min(concurrency, MOST_THREADS);
  return {
    program,
    args: ['-I', '-B', '-X', 'utf8', join(HERE, 'python_runtime.py')],
    env: {
      ...environmentFor(0, projectVariables(root)),
      FAAS_TOKEN: token,
      FAAS_FILE: join(root, spec.file),
      FAAS_ROOT: root,
      FAAS_CONCURRENCY: String(threads),
    },
  };
}
