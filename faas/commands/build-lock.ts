/** Two starts of one checkout must not build at once: the second waits, and uses what was built. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 200;

export interface BuildLock {
  release(): void;
}

/**
 * Resolves once no other start builds. A lock whose process has ended is taken over.
 *
 * @param onWait called once when another start is building, with its process id
 * @throws when the folder cannot be written, or `signal` is aborted
 */
export async function takeBuildLock(
  root: string,
  onWait: (pid: number) => void,
  signal: AbortSignal,
): Promise<BuildLock> {
  const file = join(root, 'node_modules/.cache/scale-to-zero/building');
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(file);
    if (holder === null) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await pause(LOOK_MS, undefined, { signal });
  }
}

/** Null when its process is no more. */
function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 0 : null;
  }
}
