/** The machine's own Python: which program it is, and whether it is new enough to run functions. */

import { execFile, type ExecFileException } from 'node:child_process';
import type { Watchdog } from './watchdog.ts';

/** With these arguments a Python prints its version and its own path. */
const QUESTION = ['-I', '-c', 'import sys; print(*sys.version_info[:2], sys.executable)'];

/** Longest time to wait for the answer. A cold Python on a busy machine takes a second or two. */
const LONGEST_MS = 10_000;

/** What was found under a name. */
export interface PythonProgram {
  /** `3.11`; empty when there is none. */
  readonly version: string;
  /** The interpreter itself, without a version manager's shim; empty when it did not say. */
  readonly executable: string;
  /** Why it cannot run functions, with the cure; null when it can. */
  readonly missing: string | null;
}

/** What a program did when it was asked for its version. */
export interface PythonAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when it ended well. */
  readonly error: Pick<ExecFileException, 'code' | 'killed' | 'signal'> | null;
}

const CURE =
  'Install Python 3.9 or newer (python.org, or your package manager), or set FAAS_PYTHON to the program, and start again. TypeScript functions work without it.';

/** The program that is set, else `python3`: a name on the PATH, or a path. */
export function configuredPython(env: Readonly<Record<string, string | undefined>>): string {
  return env['FAAS_PYTHON'] || 'python3';
}

/**
 * Asks the program, and waits ten seconds at most.
 *
 * @param watchdog ends the program if this process ends before it has answered
 */
export async function findPython(
  program: string,
  watchdog: Watchdog | null = null,
): Promise<PythonProgram> {
  const answer = await new Promise<PythonAnswer>((resolve) => {
    const limits = { timeout: LONGEST_MS, killSignal: 'SIGKILL' } as const;
    const child = execFile(program, QUESTION, limits, (error, stdout, stderr) => {
      if (child.pid !== undefined) watchdog?.delete(child.pid);
      resolve({ error, stdout, stderr });
    });
    if (child.pid !== undefined) watchdog?.add(child.pid);
  });
  return readPython(program, answer);
}

/** @param answer what the program did when it was asked */
export function readPython(program: string, answer: PythonAnswer): PythonProgram {
  const [, major, minor, executable = ''] =
    (answer.error === null && /^(\d+) (\d+) (.*)$/m.exec(answer.stdout)) || [];
  if (major === undefined || minor === undefined) {
    return { version: '', executable: '', missing: `${whyNot(program, answer)} ${CURE}` };
  }
  const version = `${major}.${minor}`;
  const isNew = Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 9);
  const missing = isNew ? null : `${program} is version ${version}. ${CURE}`;
  return { version, executable: isNew ? executable.trim() : '', missing };
}

function whyNot(program: string, { error, stdout, stderr }: PythonAnswer): string {
  const asked = 'when it was asked for its version';
  if (error === null) return `${program} printed ${shown(stdout)} ${asked}; it is no Python.`;
  if (error.code === 'ENOENT') return `No program called ${program} was found.`;
  if (error.killed) return `${program} said nothing within ${LONGEST_MS / 1000} s ${asked}.`;
  if (typeof error.code === 'string') return `${program} could not be run (${error.code}).`;
  const end = typeof error.code === 'number' ? `exit code ${error.code}` : `signal ${error.signal}`;
  const said = stderr.trim() === '' ? '' : `, and said ${shown(stderr)}`;
  return `${program} ended with ${end} ${asked}${said}.`;
}

/** The last line of what it said. */
function shown(text: string): string {
  const last = text.trim().split('\n').at(-1) ?? '';
  return last === '' ? 'nothing' : JSON.stringify(last.slice(0, 200));
}
