/** The tree as the laws see it: what git knows of, and what each file imports. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Files that git tracks or would track, with forward slashes, relative to the project. */
export function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '' && existsSync(file));
}

export function read(file: string): string {
  return readFileSync(file, 'utf8');
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm;

/** Module specifiers that a file imports, static and dynamic, types included. */
export function importsOf(file: string): string[] {
  return specifiersIn(read(file));
}

function specifiersIn(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

/** What only types come from is not there when the file is loaded. */
const TYPES = /(?:^|[\s;}])(?:import|export)\s+type\s[^'"`;]*?from\s*['"][^'"]+['"]/gm;

/** Names of the packages and Node modules that are loaded with a file, by whatever way round. */
export function packagesLoadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return new Set();
  seen.add(file);
  return new Set(
    specifiersIn(read(file).replaceAll(TYPES, '')).flatMap((specifier) => {
      const to = target(file, specifier);
      return to === null ? [specifier] : [...packagesLoadedBy(to, seen)];
    }),
  );
}

const ALIASES = (JSON.parse(read('package.json')) as { imports: Record<string, string> }).imports;

/** The project file that a specifier means, or null when it names a package. */
export function target(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    return posix.normalize(posix.join(posix.dirname(from), specifier));
  }
  for (const [alias, path] of Object.entries(ALIASES)) {
    const prefix = alias.slice(0, -1);
    if (specifier.startsWith(prefix)) {
      return posix.normalize(path.slice(0, -1) + specifier.slice(prefix.length));
    }
  }
  return null;
}
