/** What the site is measured with and beside: installed on first use into this folder, and nowhere else. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../verify/npm.ts';

/** Has a `package.json` and a lock of its own: a few hundred small files beside the peers' 1.4 GB. */
export const SITE_BENCH = import.meta.dirname;

/** @throws with the cure when something is not there and cannot be installed */
export function installPackages(tell: (text: string) => void): void {
  if (lacking().length === 0) return;
  tell(`Installing ${lacking().join(', ')} into bench/site/node_modules (about 250 MB, once) …`);
  npm(SITE_BENCH, 'ci');
  const still = lacking();
  if (still.length === 0) return;
  throw new Error(
    `${still.join(', ')} could not be installed: is there a network? To try again: npm ci --prefix bench/site --ignore-scripts`,
  );
}

/** `starlight 0.42.4`, as installed. @throws when it is not */
export function installed(name: string): string {
  const found = versionIn(join(SITE_BENCH, 'node_modules', name));
  if (found === null) throw new Error(`${name} is not installed in bench/site.`);
  return `${name} ${found}`;
}

function lacking(): string[] {
  return Object.entries(pins())
    .filter(([name, version]) => versionIn(join(SITE_BENCH, 'node_modules', name)) !== version)
    .map(([name, version]) => `${name} ${version}`);
}

function pins(): Record<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(join(SITE_BENCH, 'package.json'), 'utf8'));
  return (manifest as { dependencies: Record<string, string> }).dependencies;
}

/** Null when there is no package in the folder. */
function versionIn(folder: string): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return (manifest as { version: string }).version;
  } catch {
    return null;
  }
}
