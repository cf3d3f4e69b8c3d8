/** Memory of a Postgres with all its processes. */

import { readFileSync } from 'node:fs';

/**
 * What its processes hold, pages that they share counted once (Pss of /proc/<pid>/smaps_rollup), in MB
 * (10^6 bytes); null where the system does not show it.
 */
export function postgresMemoryMb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const kilobytes = [pid, ...childrenOf(pid)].map(heldBy);
    return (kilobytes.reduce((sum, kb) => sum + kb, 0) * 1024) / 1e6;
  } catch {
    return null;
  }
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}

/** In kB; 0 for one that has ended. */
function heldBy(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
