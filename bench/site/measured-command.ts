/** A command that runs to its end, measured: wall time, processor time, and memory of all that it starts. */

import { spawn } from 'node:child_process';
import { processTree, readProcess } from '../processes.ts';
import { lastTimes } from './build-output.ts';

export interface Measured {
  /** In s. */
  readonly wallS: number;
  /** User and system time of the command and everything it waited for, in s. */
  readonly cpuS: number;
  /** The most that the whole tree held at once, in MB of 10^6 bytes; null where there is no /proc. */
  readonly peakMb: number | null;
  /** All that it printed. */
  readonly output: string;
}

export const MEMORY_METHOD =
  'resident memory of the whole process tree (the sum of resident pages in /proc/<pid>/statm), looked at every 0.1 s, at its most, in MB of 10⁶ bytes';

const LOOK_MS = 100;
const PAGE_BYTES = 4_096;

/** The shell adds what `times` says of its children, which Node does not tell. */
const TIMED = '"$@"; code=$?; times; exit $code';

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends it with everything it has started. */
  readonly signal: AbortSignal;
}

/** @throws with the tail of what it printed when it fails or is stopped */
export async function measureCommand(
  command: readonly string[],
  { cwd, env, signal }: Place,
): Promise<Measured> {
  signal.throwIfAborted();
  const begun = performance.now();
  const child = spawn('sh', ['-c', TIMED, 'sh', ...command], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  let output = '';
  const keep = (text: Buffer): void => void (output += text.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let peakMb: number | null = null;
  const look = setInterval(() => {
    const mb = residentMb(pid);
    if (mb !== null) peakMb = Math.max(peakMb ?? 0, mb);
  }, LOOK_MS);
  const stop = (): void => endTree(pid);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    const wallS = (performance.now() - begun) / 1_000;
    if (code !== 0) throw new Error(`It ended with code ${code ?? 'none'}:\n${tail(output)}`);
    return { wallS, cpuS: lastTimes(output), peakMb, output };
  } finally {
    clearInterval(look);
    signal.removeEventListener('abort', stop);
  }
}

function residentMb(root: number): number | null {
  const pages = processTree(root)
    .map((pid) => readProcess(pid, 'statm'))
    .filter((text) => text !== null)
    .map((text) => Number(text.split(' ')[1]));
  return pages.length === 0 ? null : (pages.reduce((a, b) => a + b, 0) * PAGE_BYTES) / 1e6;
}

function endTree(root: number): void {
  for (const pid of processTree(root)) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has gone.
    }
  }
}

function tail(text: string): string {
  return text.trim().slice(-2_000);
}
