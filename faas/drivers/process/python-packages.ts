/**
 * Installs the packages of `requirements.txt` into a `.venv` of the project: when a function first
 * needs them, and again when the file changes. Without such a file, functions run on the machine's
 * own Python.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KnownFailure } from '../failure.ts';
import { readLines } from './telemetry.ts';
import type { Watchdog } from './watchdog.ts';

/** Where packages are installed, and where progress is reported. */
export interface PythonPackagesOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Called with a line for the terminal at each step. */
  readonly onProgress: (line: string) => void;
  /** Kills an unfinished installation if the platform ends. */
  readonly watchdog: Watchdog;
}

const FILE = 'requirements.txt';
/** File in the environment that records what was installed. */
const STAMP = '.scale-to-zero';
/** Time after a failed installation before a call tries it again. In ms. */
const RETRY_MS = 5_000;
const LONGEST_MS = 600_000;
const TOLD_LINES = /^(Collecting|Downloading|Installing|Successfully)/;
const UNREACHABLE =
  /NewConnectionError|NameResolution|name resolution|timed out|ProxyError|SSLError/;

interface Installed {
  readonly stamp: string;
  /** Resolves with the program that has the packages. */
  readonly program: Promise<string>;
  /** When to try again; Infinity while the installation runs or has succeeded. */
  retryAt: number;
}

/** Finds the Python program to run a function with, and installs its packages first if needed. */
export class PythonPackages {
  readonly #options: PythonPackagesOptions;
  readonly #folder: string;
  #installed: Installed | null = null;

  constructor(options: PythonPackagesOptions) {
    this.#options = options;
    this.#folder = join(options.root, '.venv');
  }

  /**
   * @param python the machine's own program
   * @param file of the function: `api/py/hello.py`
   * @returns the program to run the function with
   * @throws KnownFailure `runtime-missing` with the cure when the packages cannot be installed
   */
  programFor(python: string, file: string): string | Promise<string> {
    const found = this.#requirements(file);
    if (found.length === 0) return python;
    const stamp = digest([python, ...found.flatMap(({ name, text }) => [name, text])]);
    const known = this.#installed;
    if (known?.stamp === stamp && performance.now() < known.retryAt) return known.program;
    const names = found.map(({ name }) => name);
    const installed: Installed = {
      stamp,
      program: this.#install(python, names, stamp),
      retryAt: Infinity,
    };
    installed.program.catch(() => {
      installed.retryAt = performance.now() + RETRY_MS;
    });
    this.#installed = installed;
    return installed.program;
  }

  /** The `requirements.txt` of the project and of the functions' folder, where they exist. */
  #requirements(file: string): { readonly name: string; readonly text: string }[] {
    return [FILE, `${file.split('/')[0] ?? ''}/${FILE}`].flatMap((name) => {
      const path = join(this.#options.root, name);
      return existsSync(path) ? [{ name, text: readFileSync(path, 'utf8') }] : [];
    });
  }

  get #program(): string {
    const program = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
    return join(this.#folder, program);
  }

  async #install(python: string, names: readonly string[], stamp: string): Promise<string> {
    const stampFile = join(this.#folder, STAMP);
    const program = this.#program;
    if (existsSync(program) && read(stampFile) === stamp) return program;
    const { onProgress } = this.#options;
    onProgress(`Installing ${names.join(' and ')} into .venv …`);
    const startedAt = performance.now();
    if (!existsSync(program)) {
      await this.#run(python, ['-m', 'venv', this.#folder], names, this.#options.root);
    }
    for (const name of names) {
      const file = join(this.#options.root, name);
      const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'];
      const patience = ['--retries', '1', '--timeout', '15'];
      await this.#run(program, [...pip, ...patience, '-r', file], names, dirname(file));
    }
    writeFileSync(stampFile, stamp);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    onProgress(`Installed ${names.join(' and ')} in ${seconds} s.`);
    return program;
  }

  async #run(
    program: string,
    args: readonly string[],
    names: readonly string[],
    cwd: string,
  ): Promise<void> {
    const { watchdog, onProgress } = this.#options;
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid } = child;
    if (pid !== undefined) watchdog.add(pid);
    const lines: string[] = [];
    for (const pipe of [child.stdout, child.stderr]) {
      readLines(pipe, (line) => {
        lines.push(line);
        if (TOLD_LINES.test(line)) onProgress(`  ${line}`);
      });
    }
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        lines.push(error.message);
        resolve(null);
      });
      child.once('close', resolve);
    });
    clearTimeout(late);
    if (pid !== undefined) watchdog.delete(pid);
    if (code === 0) return;
    const failure = new KnownFailure('runtime-missing', whyNot(lines, names));
    onProgress(failure.message);
    throw failure;
  }
}

/** The error's text: expected, found, cure. */
function whyNot(lines: readonly string[], names: readonly string[]): string {
  const said = lines.filter((line) => line.trim() !== '');
  const reason = said.findLast((line) => /^error/i.test(line.trim())) ?? said.at(-1);
  const cure = said.some((line) => UNREACHABLE.test(line))
    ? 'The package index could not be reached: connect this machine to the network'
    : `Correct ${names.join(' or ')}`;
  const byHand = `python3 -m venv .venv && .venv/bin/python -m pip install -r ${names[0] ?? FILE}`;
  return `The packages in ${names.join(' and ')} could not be installed into .venv (${reason?.trim() ?? 'no reason was given'}). ${cure} and call again; by hand: ${byHand}. TypeScript functions work without them.`;
}

function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part}\0`);
  return hash.digest('hex');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
