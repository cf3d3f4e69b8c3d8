/** What a process holds, as the system sees it: to notice what it does not let go of. */

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** Resident memory in MB (10^6 bytes). */
export function residentMb(pid: number): number {
  const kib = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return (Number(kib) * 1024) / 1e6;
}

/** Open files and sockets; null where the system does not list them. */
export function openFiles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}
