/** Whether the built site is of the files as they are now. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAMP_FILE } from './built-site.ts';
import { publicAddress } from './public-address.ts';

/** Everything that the build reads. */
const INPUTS = [
  'api',
  'faas',
  'public',
  'src',
  'astro.config.mjs',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vercel.json',
];

/** Where a site is built to be served. */
export interface SiteAddress {
  /** Origin, as configured; undefined when it is not known. */
  readonly site: string | undefined;
  /** Path under it, beginning and ending with a slash. */
  readonly base: string;
}

/** What `npm start` builds for. */
function ownAddress(): SiteAddress {
  return { site: publicAddress(process.env), base: '/' };
}

/**
 * A digest of the names, sizes and times of everything that the build reads, and of where the site
 * is to be served.
 *
 * @param address @default that of a build by `npm start`
 */
export function stampOf(root: string, address: SiteAddress = ownAddress()): string {
  const hash = createHash('sha256').update(`${address.site ?? ''}\0${address.base}\n`);
  for (const input of INPUTS) {
    for (const file of filesUnder(root, input)) {
      const { size, mtimeMs } = statSync(join(root, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** Written into the built site by the build itself, with what {@link stampOf} said at its start. */
export function writeStamp(dist: string, stamp: string): void {
  writeFileSync(join(dist, STAMP_FILE), `${stamp}\n`);
}

export function isFresh(root: string, dist: string): boolean {
  try {
    return readFileSync(join(dist, STAMP_FILE), 'utf8').trim() === stampOf(root);
  } catch {
    return false;
  }
}

/** Tests are not built, nor what they leave behind: a change in one leaves the site fresh. */
function filesUnder(root: string, path: string): string[] {
  if (/\.test\.ts$|\/(_tests|__pycache__|node_modules)$/.test(path)) return [];
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}
