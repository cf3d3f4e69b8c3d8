/**
 * The file in which a Postgres says that it runs on a folder. A number of a process proves nothing, since
 * it may be another program's by now: a server counts as running only when it answers, knows the folder's
 * password, and says that it serves this very folder.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DATABASE, SUPERUSER, type PostgresFolder } from './postgres-folder.ts';
import { loadPg } from './pg-session.ts';

/** What `postmaster.pid` says (src/include/utils/pidfile.h). */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Longest time that another start or stop of the same folder is waited for, in ms. */
const OTHER_MS = 15_000;
const LOOK_EVERY_MS = 50;

/**
 * The port of a server that runs on the folder already; null when there is none, and then no file of an
 * earlier one is in the way of a start.
 *
 * @throws when another process holds the folder and does not answer
 */
export async function runningPort(folder: PostgresFolder): Promise<Postmaster | null> {
  const until = performance.now() + OTHER_MS;
  for (;;) {
    const found = read(folder);
    if (found === null) return null;
    if (await serves(found, folder)) return found;
    if (!isPostgresOf(found.pid, folder)) {
      rmSync(pidFile(folder), { force: true });
      return null;
    }
    // It is starting or leaving.
    if (performance.now() > until) {
      throw new Error(
        `Process ${found.pid} holds ${folder.data} and does not answer. End it (kill -QUIT ${found.pid}), and call again.`,
      );
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Whether the server's processes of an earlier life are still there, although it is not. */
export function pidFile({ data }: PostgresFolder): string {
  return join(data, 'postmaster.pid');
}

function read(folder: PostgresFolder): Postmaster | null {
  try {
    const [pid, , , port] = readFileSync(pidFile(folder), 'utf8').split('\n').map(Number);
    // The port is written a little later than the file.
    return pid !== undefined && pid > 0 ? { pid, port: port ?? 0 } : null;
  } catch {
    return null;
  }
}

async function serves({ port }: Postmaster, { data, passwords }: PostgresFolder): Promise<boolean> {
  if (!(port > 0)) return false;
  const { Client } = await loadPg();
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: passwords[SUPERUSER],
    database: DATABASE,
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the process is a Postgres that has the folder. Where that cannot be seen, it is. */
function isPostgresOf(pid: number, { data }: PostgresFolder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  try {
    // A postmaster lives in its folder.
    if (process.platform === 'linux') {
      return realpathSync(readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(data);
    }
    if (process.platform === 'win32') return false;
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(data);
  } catch {
    return false;
  }
}
