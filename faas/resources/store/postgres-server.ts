/** A running Postgres: its process, how it is started, and how it is stopped. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Watchdog } from '../../drivers/process/watchdog.ts';
import { codeOf, failureSaid, isAsleep } from './store-failure.ts';
import { asOrdinaryUser } from './ordinary-user.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresFolder } from './postgres-folder.ts';
import { loadPg, openPgSession, type PgSession } from './pg-session.ts';
import { DATABASE, ROLE } from './postgres-folder.ts';
import type { DatabaseAddress } from './database.ts';

/** Connections that all functions have between them; Postgres keeps three of them for superusers. */
export const MAX_CONNECTIONS = 20;

/** Longest time from the start until it takes statements, in ms. Putting itself right may take long. */
const START_MS = 60_000;
const LOOK_EVERY_MS = 4;
/** Time that each way of stopping has before the next, harder one. In ms. */
const STOP_MS = 5_000;
/** A log that is longer is begun anew. In bytes. */
const MOST_LOG_BYTES = 1_000_000;
/** How often a start is tried again while processes of an earlier server still leave. */
const MOST_STARTS = 20;

const ON_WINDOWS = process.platform === 'win32';

/** Small, quick to start, and safe: what was answered is on the disk. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // The path of a socket in a project's folder is soon longer than a system allows.
  unix_socket_directories: '',
  max_connections: String(MAX_CONNECTIONS),
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '16MB',
  huge_pages: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '64MB',
  // Helpers that a small database does not need: each is a process.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  max_parallel_workers: '0',
  autovacuum_max_workers: '1',
  jit: 'off',
  idle_in_transaction_session_timeout: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  ...(process.platform === 'linux' && {
    // Else each file of the folder is synced by itself after a kill.
    recovery_init_sync_method: 'syncfs',
    // A statement whose caller is gone ends.
    client_connection_check_interval: '1s',
  }),
};

/** A server that this process started. */
export interface PostgresServer {
  /** Null on Windows, where another program starts it. */
  readonly pid: number | null;
  readonly address: DatabaseAddress;
  /** The first connection. */
  readonly session: PgSession;
  /** Resolves when its process has ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** @throws with what its log says when it does not come up */
export async function startPostgres(
  binaries: PostgresBinaries,
  folder: PostgresFolder,
  watchdog: Watchdog,
): Promise<PostgresServer> {
  void loadPg();
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(binaries, folder, watchdog);
    } catch (error) {
      const said = (error as Error).message;
      const mayPass =
        /pre-existing shared memory block|could not bind .*Address already in use/.test(said);
      if (!mayPass || tries === MOST_STARTS) throw error;
      await pause(LOOK_EVERY_MS * 10 * tries);
    }
  }
}

async function startOnce(
  binaries: PostgresBinaries,
  folder: PostgresFolder,
  watchdog: Watchdog,
): Promise<PostgresServer> {
  const address = addressAt(await freePort(), folder);
  const from = sizeOf(folder.log);
  const child = start(binaries, folder, address.port);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${binaries.postgres} could not be started.`);
  const ended = endOf(child);
  child.unref();
  watchdog.add(pid);
  void ended.then(() => watchdog.delete(pid));
  try {
    const session = await firstSession(address, ended);
    return {
      pid: ON_WINDOWS ? null : pid,
      address,
      session,
      ended,
      stop: () => stop(child, binaries, folder, ended),
    };
  } catch (error) {
    await stop(child, binaries, folder, ended);
    throw failureSaid(`Postgres did not start. ${saidSince(folder.log, from)}`, error);
  }
}

/** On Windows the child is `pg_ctl`, whose end says nothing of the server. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (ON_WINDOWS) return;
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** Where functions of this folder's server are to connect. */
export function addressAt(port: number, { passwords }: PostgresFolder): DatabaseAddress {
  return { host: '127.0.0.1', port, user: ROLE, password: passwords[ROLE], database: DATABASE };
}

function start(
  { postgres, pgCtl }: PostgresBinaries,
  folder: PostgresFolder,
  port: number,
): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  if (sizeOf(folder.log) > MOST_LOG_BYTES) truncateSync(folder.log);
  const log = openSync(folder.log, 'a', 0o600);
  try {
    const args = ['-D', folder.data, ...settings];
    // An administrator may not run Postgres on Windows; pg_ctl gives up the rights, and ends at once.
    const command = ON_WINDOWS
      ? {
          program: pgCtl,
          args: ['start', '-W', '-D', folder.data, '-l', folder.log, '-o', quoted(settings)],
        }
      : asOrdinaryUser(postgres, args);
    return spawn(command.program, command.args, {
      // Ctrl+C reaches every process of the terminal; the database leaves after the functions.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LC_ALL: 'C' },
    });
  } finally {
    closeSync(log);
  }
}

function quoted(settings: readonly string[]): string {
  return settings.map((word) => (/^[\w.=-]+$/.test(word) ? word : `"${word}"`)).join(' ');
}

/** Connects as soon as it listens. */
async function firstSession(address: DatabaseAddress, ended: Promise<void>): Promise<PgSession> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  const until = performance.now() + START_MS;
  for (;;) {
    try {
      return await openPgSession(address, true);
    } catch (error) {
      const mayPass = isAsleep(error) || codeOf(error) === 'ETIMEDOUT';
      if (isOver || !mayPass || performance.now() > until) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** `fast` first, which puts all data in its place; then `immediate`, which leaves that to the next start. */
async function stop(
  child: ChildProcess,
  { pgCtl }: PostgresBinaries,
  { data }: PostgresFolder,
  ended: Promise<void>,
): Promise<void> {
  if (ON_WINDOWS) {
    const stopping = spawn(pgCtl, ['stop', '-D', data, '-m', 'fast'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    await once(stopping, 'exit');
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    child.kill(signal);
    const timer = new AbortController();
    const late = pause(STOP_MS, 'late', { signal: timer.signal }).catch(() => 'ended');
    const first = await Promise.race([ended.then(() => 'ended'), late]);
    timer.abort();
    if (first === 'ended') return;
  }
}

/** A port that nobody has now; a start that finds it taken takes another. */
async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0));
    });
  });
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

const LOG_LINE = /(?:FATAL|ERROR|PANIC|HINT|DETAIL): .*/g;

/** What went wrong, by its log. */
function saidSince(file: string, from: number): string {
  try {
    const text = readFileSync(file, 'utf8').slice(from);
    const found = text.match(LOG_LINE) ?? text.trim().split('\n').slice(-3);
    return `Its log says: ${found.join(' ')}`;
  } catch (error) {
    return `Its log cannot be read: ${codeOf(error)}.`;
  }
}
