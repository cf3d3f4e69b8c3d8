/** Whether the built site is up to date with its sources. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAMP_FILE } from './built-site.ts';
import { LAB_FOLDERS } from './functions.ts';
import { publicAddress } from './public-address.ts';

/** All inputs of the build: folders and files, from the project root. */
export const BUILD_INPUTS = [
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

/** The address that a site is built for. */
export interface SiteAddress {
  /** Origin, as configured; undefined when it is not known. */
  readonly site: string | undefined;
  /** Path under it, beginning and ending with a slash. */
  readonly base: string;
}

/** The address that `npm start` builds for. */
function ownAddress(): SiteAddress {
  return { site: publicAddress(process.env), base: '/' };
}

/**
 * A digest of the names, sizes and modification times of all inputs of the build, and of the site's
 * address.
 *
 * @param address @default the one that `npm start` builds for
 */
export function stampOf(root: string, address: SiteAddress = ownAddress()): string {
  const hash = createHash('sha256').update(`${address.site ?? ''}\0${address.base}\n`);
  for (const input of BUILD_INPUTS) {
    for (const file of filesUnder(root, input)) {
      const { size, mtimeMs } = statSync(join(root, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** Marks the built site as complete. @param stamp from {@link stampOf} at the start of the build */
export function writeStamp(dist: string, stamp: string): void {
  writeFileSync(join(dist, STAMP_FILE), `${stamp}\n`);
}

/** Whether `dist` is complete and was built from the files of `root` as they are now. */
export function isFresh(root: string, dist: string): boolean {
  try {
    return readFileSync(join(dist, STAMP_FILE), 'utf8').trim() === stampOf(root);
  } catch {
    return false;
  }
}

/** Files below a path, without tests, their output and labs: those do not affect the built site. */
function filesUnder(root: string, path: string): string[] {
  if (LAB_FOLDERS.some((lab) => path === `api/${lab}`)) return [];
  if (/\.test\.ts$|\/(_tests|__pycache__|node_modules)$/.test(path)) return [];
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}
