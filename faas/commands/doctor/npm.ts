/** npm, and whether it has installed the packages that the lock file names. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './check.ts';

interface LockFile {
  readonly packages?: Readonly<
    Record<string, { readonly version?: string; readonly optional?: boolean }>
  >;
}

/** @param root of the project */
export function npmCheck(root: string, version = npmVersion()): Finding {
  if (version === null) {
    const cure =
      'npm comes with Node: install Node again, from nodejs.org, and open a new terminal.';
    return { state: 'missing', found: 'not found', cure };
  }
  const lacking = packagesLacking(root);
  if (lacking === null || lacking.length > 0) {
    const what =
      lacking === null
        ? 'the packages are not installed'
        : `${lacking.length} of the packages are missing or old: ${lacking.slice(0, 3).join(', ')}`;
    const cure = `Run "npm ci" in ${root}.`;
    return { state: 'missing', found: `${version}, but ${what}`, cure };
  }
  return { state: 'ok', found: `${version}, and the packages are installed` };
}

/** Null when there is no npm. On Windows it is a script, which only a shell starts. */
function npmVersion(): string | null {
  const { status, stdout } = spawnSync('npm --version', { shell: true, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Names of packages that are not as in the lock file; null when none was ever installed. */
function packagesLacking(root: string): string[] | null {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return null;
  const { packages: wanted = {} } = lockFile(join(root, 'package-lock.json'));
  const { packages: there = {} } = lockFile(installed);
  return Object.entries(wanted)
    .filter(([path, { optional }]) => path !== '' && optional !== true)
    .filter(([path, { version }]) => there[path]?.version !== version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function lockFile(path: string): LockFile {
  return JSON.parse(readFileSync(path, 'utf8')) as LockFile;
}
