/** The machine, as far as its figures depend on it; never its name. */

import { cpus, release, totalmem, type, arch } from 'node:os';
import { versionOf } from './packages.ts';
import type { Peer } from './peer.ts';

export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() || 'unknown CPU';
  const memoryGb = (totalmem() / 1e9).toFixed(0);
  return `${all.length} cores (${model}), ${memoryGb} GB of memory, ${type()} ${release()} (${arch()}), Node.js ${process.version}`;
}

/** `miniflare 4.1.0`; that of this repository is the commit's. */
export function versions(peer: Peer): string {
  return peer.packages.map((name) => `${name} ${versionOf(name) ?? 'not installed'}`).join(', ');
}
