/** A lock so that two starts in one checkout do not build at once: the second waits for the first. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 200;

/** The held lock; `release` it after the build. */
export interface BuildLock {
  release(): void;
}

/**
 * Takes the lock, and waits while another start holds it. Takes over a lock whose process has ended.
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

/** Process id of the lock's holder; null when it has ended. */
function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 0 : null;
  }
}
