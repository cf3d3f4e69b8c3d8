/**
 * The folder of a database: Postgres's own data, and who may use it. It is made beside its place and
 * renamed when complete, so that a start that is broken off leaves nothing that looks like a database.
 */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { asOrdinaryUser } from './ordinary-user.ts';
import { failureSaid } from './store-failure.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { isAlive } from '../../drivers/process/is-alive.ts';

const run = promisify(execFile);

/** The role that functions have: it owns the database, and is no superuser. */
export const ROLE = 'course';
/** The role that looks after the server; no function has it. */
export const SUPERUSER = 'postgres';
export const DATABASE = 'course';

/** Passwords of the roles. */
export interface Passwords {
  readonly [ROLE]: string;
  readonly [SUPERUSER]: string;
}

/** A complete folder. */
export interface PostgresFolder {
  readonly path: string;
  /** Postgres's own `PGDATA`. */
  readonly data: string;
  readonly log: string;
  readonly passwords: Passwords;
}

/** @returns null when it is not there */
export function openFolder(path: string): PostgresFolder | null {
  const file = join(path, 'passwords.json');
  if (!existsSync(file)) return null;
  const passwords = JSON.parse(readFileSync(file, 'utf8')) as Passwords;
  return { path, data: join(path, 'data'), log: join(path, 'postgres.log'), passwords };
}

/**
 * The folder, made if it is not there. Two processes may make it at once: the first to be done wins.
 *
 * @throws when it cannot be made
 */
export async function makeFolder(
  path: string,
  { initdb, postgres }: PostgresBinaries,
): Promise<PostgresFolder> {
  const found = openFolder(path);
  if (found !== null) return found;
  mkdirSync(dirname(path), { recursive: true });
  removeLeftovers(path);
  const unfinished = `${path}.new-${process.pid}`;
  mkdirSync(unfinished, { mode: 0o700 });
  try {
    const passwords: Passwords = { [ROLE]: secret(), [SUPERUSER]: secret() };
    const data = join(unfinished, 'data');
    const passwordFile = join(unfinished, 'password');
    writeFileSync(passwordFile, passwords[SUPERUSER], { mode: 0o600 });
    await runAs(initdb, [
      ...INIT,
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
    ]);
    rmSync(passwordFile);
    await runAs(
      postgres,
      ['--single', '-D', data, ...SETTINGS_OF_SETUP, 'postgres'],
      setup(passwords),
    );
    await runAs(initdb, [...SYNC, `--pgdata=${data}`]);
    writeFileSync(join(unfinished, 'passwords.json'), JSON.stringify(passwords), {
      mode: 0o600,
      flush: true,
    });
    renameSync(unfinished, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const other = openFolder(path);
    if (other !== null) return other;
    throw error;
  }
  const made = openFolder(path);
  if (made === null) throw new Error(`${path} was made and is not there. Call again.`);
  return made;
}

/** Random passwords need no slow hash: one round of SCRAM is enough, and saves some ms a connection. */
const INIT = [
  '--auth=scram-sha-256',
  '--set=scram_iterations=1',
  '--locale=C',
  '--encoding=UTF8',
  '--no-instructions',
  // Of 16 MB each would be twice the folder.
  '--wal-segsize=1',
  // All is synced at once when it is complete.
  '--no-sync',
];
const SETTINGS_OF_SETUP = ['-c', 'scram_iterations=1', '-c', 'fsync=off'];
const SYNC = ['--sync-only'];

/** In single-user mode each line is one statement. */
function setup(passwords: Passwords): string {
  return [
    `CREATE ROLE ${ROLE} LOGIN PASSWORD '${passwords[ROLE]}'`,
    `CREATE DATABASE ${DATABASE} OWNER ${ROLE}`,
    `REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC`,
    '',
  ].join('\n');
}

async function runAs(program: string, args: readonly string[], input = ''): Promise<void> {
  const command = asOrdinaryUser(program, args);
  const running = run(command.program, command.args, {
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LC_ALL: 'C' },
  });
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(input);
  try {
    const { stderr } = await running;
    // Single-user mode ends with 0 whatever happened.
    if (/^.*(ERROR|FATAL|PANIC): .*$/m.test(stderr)) throw new Error(stderr.trim());
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const said = stderr.trim() || message;
    throw failureSaid(`${basename(program)} could not make the database: ${said}`, error);
  }
}

function secret(): string {
  return randomBytes(24).toString('hex');
}

/** Folders that were never completed, of processes that are gone. */
function removeLeftovers(path: string): void {
  const prefix = `${basename(path)}.new-`;
  for (const name of readdirSync(dirname(path)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid === process.pid || !isAlive(pid)) {
      rmSync(join(dirname(path), name), { recursive: true, force: true });
    }
  }
}

/** Makes a rename last over a power cut. Windows cannot open a folder, and does so by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
