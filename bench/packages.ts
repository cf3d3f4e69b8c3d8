/** Where the benchmark and its installed packages lie. */

import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Folder of the benchmark; what it installs is in its `node_modules`. */
export const BENCH = import.meta.dirname;
export const REPOSITORY = join(BENCH, '..');

/** A file of an installed package. */
export function packageFile(name: string, file: string): string {
  return join(BENCH, 'node_modules', name, file);
}

/** Null when it is not installed. */
export function versionOf(name: string): string | null {
  try {
    const manifest: unknown = createRequire(import.meta.url)(packageFile(name, 'package.json'));
    return (manifest as { version: string }).version;
  } catch {
    return null;
  }
}
