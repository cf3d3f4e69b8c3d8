/**
 * What a build for Vercel needs: its CLI, from npm, and for Python functions uv, from PyPI, and a
 * Python that Vercel's runtime takes. All of it is installed into this folder and nowhere else.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { npm } from '../npm.ts';

const HERE = import.meta.dirname;
const CLI = join(HERE, 'node_modules/vercel');
const VENV = join(HERE, '.venv');
const UV = '0.13.9';
/** What the package `vercel-runtime` asks for. */
const PYTHON = '>=3.12,<3.15';

/** File of the CLI, for Node. */
export const CLI_FILE = join(CLI, 'dist/vc.js');

/** Why the CLI cannot be used, and what to do; null when it can. */
export function cliMissing(): string | null {
  if (process.platform === 'win32') {
    return '`vercel build` links folders, which Windows allows in its developer mode only: run this on Linux or macOS.';
  }
  const wanted = wantedVersion();
  const found = installedVersion();
  if (found === wanted) return null;
  const state = found === null ? 'is not installed' : `is ${found}`;
  return `The Vercel CLI ${wanted} ${state}. Get it (about 260 MB): npm run -s verify -- vercel --install`;
}

export function installTools(tell: (text: string) => void): void {
  if (cliMissing() !== null && process.platform !== 'win32') {
    tell('Installing the Vercel CLI into verify/vercel/node_modules (about 260 MB, once) …');
    npm(HERE, 'ci');
  }
  if (findUv() !== null) return;
  tell('Installing uv, which builds Python functions, into verify/vercel/.venv …');
  const made =
    succeeds('python3', '-m', 'venv', VENV) &&
    succeeds(join(VENV, 'bin/python'), '-m', 'pip', 'install', '--quiet', `uv==${UV}`);
  if (!made) tell('uv could not be installed; Python functions will not be tried.');
}

export interface PythonTools {
  readonly uv: string;
  /** The interpreter that functions are built for, and run with. */
  readonly python: string;
}

/** The tools, or what is missing and how to get it. */
export function pythonTools(): PythonTools | string {
  const uv = findUv();
  if (uv === null) {
    return 'uv is missing, which Vercel builds Python functions with. Get it: npm run -s verify -- vercel --install';
  }
  const python = findPython(uv);
  if (python === null) {
    return `No Python ${PYTHON} was found, which Vercel's runtime needs. Install one, so that it is on the PATH.`;
  }
  return { uv, python };
}

/** One on the PATH, or else one that pyenv holds without its being chosen. */
function findPython(uv: string): string | null {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const path = [process.env['PATH'] ?? '', ...globSync(join(versions, '3.*/bin'))].join(delimiter);
  const { stdout, status } = spawnSync(uv, ['python', 'find', '--no-python-downloads', PYTHON], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  return status === 0 ? stdout.trim() : null;
}

function findUv(): string | null {
  const own = join(VENV, 'bin/uv');
  if (existsSync(own)) return own;
  const { stdout, status } = spawnSync('which', ['uv'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function wantedVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  return (manifest as { dependencies: { vercel: string } }).dependencies.vercel;
}

function installedVersion(): string | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(CLI, 'package.json'), 'utf8'));
    return (manifest as { version: string }).version;
  } catch {
    return null;
  }
}

function succeeds(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', process.stderr.fd, 'inherit'] }).status === 0;
}
