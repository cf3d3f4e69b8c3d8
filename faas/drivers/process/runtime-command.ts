/** How a program is started: its arguments, and the smallest environment it needs. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import type { FunctionSpec } from '../../core/function.ts';
import type { ModuleSources } from './module-sources.ts';

/** A program with its arguments and environment. */
export interface RuntimeCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Its whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

const HERE = dirname(fileURLToPath(import.meta.url));

/** The only variables passed on from the parent. */
const PASSED_ON = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR', 'SystemRoot', 'TEMP'];

/**
 * The environment of an instance. Its time zone is UTC, as on Lambda and Vercel.
 *
 * @param port to listen on; 0 for our runtimes, which take any free port and report it
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

/** The files that `vercel dev` reads; a later one wins. */
const ENV_FILES = ['.env', '.env.local'];

/**
 * The platform's own; and the address of the database, which the platform uses: a function gets it by a
 * grant only.
 */
const NOT_PASSED_ON = /^(FAAS_.*|PORT|TZ|DATABASE_URL(_UNPOOLED)?|SQL_ENDPOINT)$/;

/**
 * The variables of the project's `.env` and `.env.local`. They are read at each start of an instance,
 * appear in no trace or bundle, and cannot override the platform's own.
 */
export function projectVariables(root: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of ENV_FILES) {
    const file = join(root, name);
    if (existsSync(file)) Object.assign(variables, parseEnv(readFileSync(file, 'utf8')));
  }
  const own = Object.entries(variables).filter(([name]) => !NOT_PASSED_ON.test(name));
  return Object.fromEntries(own);
}

/** What an instance gets beside its function. */
export interface CommandOptions {
  /** Proves to the instance that the platform calls it. */
  readonly token: string;
  /** Variables of what the platform hands the function; they win over the project's. @default none */
  readonly lent?: Readonly<Record<string, string>>;
}

/** Smallest heap that Node and its own modules start in. In MB. */
const LEAST_HEAP_MB = 16;

/**
 * The child may read only the project's functions and packages. It must not write files, start
 * processes or workers, or load native code. It may use the network.
 *
 * V8 gets the memory limit, because otherwise it collects garbage too late: a handler that keeps
 * nothing grew to 170 MB within 30,000 calls, and stays at 45 MB with a limit of 256.
 *
 * The flags are always set here: a V8 flag inherited from the parent may not match the snapshot that
 * Node starts from, which doubles the time of a start.
 */
export function nodeCommand(
  root: string,
  spec: FunctionSpec,
  { modules, token, lent = {} }: CommandOptions & { readonly modules: ModuleSources },
): RuntimeCommand {
  const file = join(root, spec.file);
  const sources = modules.bundleFor(file);
  const script = modules.scriptFor(join(HERE, 'node-runtime.ts'));
  const readable = [
    join(root, spec.file.split('/')[0] ?? ''),
    ...packageFolders(root),
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
      ...environmentFor(0, { ...projectVariables(root), ...lent }),
      FAAS_TOKEN: token,
      FAAS_MODULE: pathToFileURL(file).href,
      FAAS_SOURCES: sources,
    },
  };
}

/**
 * Where Node looks for a project's packages: its own folder, and those above it, where a workspace
 * keeps the packages that its projects share. One may be a link, and what is granted must be real.
 */
function packageFolders(root: string): string[] {
  const folders: string[] = [];
  for (let above = root, last = ''; above !== last; last = above, above = dirname(above)) {
    const folder = join(above, 'node_modules');
    if (existsSync(folder)) folders.push(folder, realpathSync(folder));
  }
  return [...new Set(folders)];
}

/** Most threads of an instance; more bring no gain. */
const MOST_THREADS = 1000;

/**
 * `-I` ignores the user's environment and folders; `-B` writes no bytecode files.
 *
 * @param concurrency most calls at once. Integer ≥ 1
 */
export function pythonCommand(
  program: string,
  root: string,
  spec: FunctionSpec,
  { token, concurrency, lent = {} }: CommandOptions & { readonly concurrency: number },
): RuntimeCommand {
  const threads = Math.min(concurrency, MOST_THREADS);
  return {
    program,
    args: ['-I', '-B', '-X', 'utf8', join(HERE, 'python_runtime.py')],
    env: {
      ...environmentFor(0, { ...projectVariables(root), ...lent }),
      FAAS_TOKEN: token,
      FAAS_FILE: join(root, spec.file),
      FAAS_ROOT: root,
      FAAS_CONCURRENCY: String(threads),
    },
  };
}
