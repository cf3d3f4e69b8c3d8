/** The peers' packages: installed on first use into `bench/node_modules`, and nowhere else. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH, versionOf, type Peer } from './peer.ts';

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
  if (npm('ci') || npm('install', '--no-package-lock')) return;
  tell(
    'The peers could not be installed: is there a network? Going on with what is there. To try again: npm ci --prefix bench --ignore-scripts',
  );
}

function npm(...command: string[]): boolean {
  const cli = process.env['npm_execpath'];
  const [program, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
  const { status } = spawnSync(program, [...first, ...command, ...QUIETLY], {
    cwd: BENCH,
    stdio: 'inherit',
    shell: cli === undefined && process.platform === 'win32',
  });
  return status === 0;
}

/** No package runs a script of its own: all of them work without. */
const QUIETLY = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--progress=true',
];

function manifestVersions(): Record<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8'));
  return (manifest as { dependencies: Record<string, string> }).dependencies;
}
