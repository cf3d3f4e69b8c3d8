/** The machine's own Python: which program it is, and whether it is new enough to run functions. */

import { spawnSync } from 'node:child_process';

/** Arguments with which a Python prints its version and its own path. */
export const PYTHON_QUESTION = [
  '-I',
  '-c',
  'import sys; print(*sys.version_info[:2], sys.executable)',
];

/** What was found under a name. */
export interface PythonProgram {
  /** `3.11`; empty when there is none. */
  readonly version: string;
  /** The interpreter itself, without a version manager's shim; empty when it did not say. */
  readonly executable: string;
  /** Why it cannot run functions, with the cure; null when it can. */
  readonly missing: string | null;
}

const CURE =
  'Install Python 3.9 or newer (python.org, or your package manager), or set FAAS_PYTHON to the program, and start again. TypeScript functions work without it.';

/** The program that is set, else `python3`: a name on the PATH, or a path. */
export function configuredPython(env: Readonly<Record<string, string | undefined>>): string {
  return env['FAAS_PYTHON'] || 'python3';
}

/** Asks the program, and blocks until it has answered. */
export function findPython(program: string): PythonProgram {
  const { status, stdout } = spawnSync(program, PYTHON_QUESTION, { encoding: 'utf8' });
  return readPython(program, status === 0 ? stdout : null);
}

/** @param answer to `PYTHON_QUESTION`; null when the program gave none */
export function readPython(program: string, answer: string | null): PythonProgram {
  const [, major, minor, executable = ''] = /^(\d+) (\d+) (.*)$/m.exec(answer ?? '') ?? [];
  if (major === undefined || minor === undefined) {
    const missing = `No program called ${program} was found. ${CURE}`;
    return { version: '', executable: '', missing };
  }
  const version = `${major}.${minor}`;
  const isNew = Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 9);
  const missing = isNew ? null : `${program} is version ${version}. ${CURE}`;
  return { version, executable: isNew ? executable.trim() : '', missing };
}
