/** The peers' packages: installed on first use into `bench/node_modules`, and nowhere else. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../verify/npm.ts';
import { BENCH, versionOf } from './packages.ts';
import type { Peer } from './peer.ts';

/** Why a peer cannot take part; null when it can. */
export function missing({ packages }: Peer): string | null {
  const wanted = manifestVersions();
  for (const name of packages) {
    const found = versionOf(name);
    if (found === null) return `${name} ${wanted[name] ?? ''} is not installed`;
    if (found !== wanted[name]) return `${name} is ${found}, not ${wanted[name] ?? ''}`;
  }
  return null;
}

/** Does nothing when all is there. What cannot be installed is reported, not thrown. */
export function install(peers: readonly Peer[], tell: (text: string) => void): void {
  const lacking = peers.filter((peer) => missing(peer) !== null);
  if (lacking.length === 0) return;
  const names = lacking.map(({ title }) => title).join(', ');
  tell(`Installing ${names} into bench/node_modules (about 1.4 GB, some minutes, once) …`);
  // What the lock says; where it lacks a binary of this kind of machine, what the manifest says.
  if (npm(BENCH, 'ci') || npm(BENCH, 'install', '--no-package-lock')) return;
  tell(
    'The peers could not be installed: is there a network? Going on with what is there. To try again: npm ci --prefix bench --ignore-scripts',
  );
}

function manifestVersions(): Record<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8'));
  return (manifest as { dependencies: Record<string, string> }).dependencies;
}
