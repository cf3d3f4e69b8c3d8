/** The database of a project: a Postgres of its own, in the project's folder, which sleeps until it is needed. */

import { join } from 'node:path';
import { Watchdog } from '../../drivers/process/watchdog.ts';
import type { AwakeDatabase, Database, DatabaseAddress, Session } from './database.ts';
import { makeFolder, type PostgresFolder } from './postgres-folder.ts';
import { openPgSession } from './pg-session.ts';
import { runningPort } from './postmaster-pid.ts';
import { postgresMemoryMb } from './postgres-memory.ts';
import { addressAt, startPostgres } from './postgres-server.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** A Postgres whose binaries are on this machine. */
export class LocalPostgres implements Database {
  readonly kind = 'own';
  readonly why = null;
  readonly where: string;
  readonly #binaries: PostgresBinaries;
  /** Asks it to leave should this process end at once: a killed server would have to put itself right. */
  readonly #watchdog = new Watchdog('INT');

  /** While it is being made: many may ask at once. */
  #making: Promise<PostgresFolder> | null = null;

  /** @param folder where the project's data lies; this takes a folder in it, by Postgres's version */
  constructor(folder: string, binaries: PostgresBinaries) {
    this.#binaries = binaries;
    // Another major version could not read the files.
    this.where = join(folder, `postgres-${binaries.version.split('.')[0]}`);
  }

  get engine(): string {
    return `PostgreSQL ${this.#binaries.version}`;
  }

  /** Makes the folder, once, which takes a second or two. */
  prepare(): Promise<PostgresFolder> {
    this.#making ??= makeFolder(this.where, this.#binaries).finally(() => (this.#making = null));
    return this.#making;
  }

  async wake(): Promise<AwakeDatabase> {
    const folder = await this.prepare();
    const running = await runningPort(folder);
    if (running !== null) return adopted(running.pid, addressAt(running.port, folder));
    const server = await startPostgres(this.#binaries, folder, this.#watchdog);
    let first: Session | null = server.session;
    return {
      ...reached(server.pid, server.address),
      isOurs: true,
      ended: server.ended,
      stop: () => server.stop(),
      open: async () => {
        const session = first;
        first = null;
        return session?.isOpen === true ? session : openPgSession(server.address, true);
      },
    };
  }
}

/** Another process of this project started it, and will stop it. */
function adopted(pid: number, address: DatabaseAddress): AwakeDatabase {
  return {
    ...reached(pid, address),
    isOurs: false,
    ended: new Promise(() => undefined),
    stop: () => Promise.resolve(),
    open: () => openPgSession(address, true),
  };
}

function reached(pid: number | null, address: DatabaseAddress) {
  return { pid, address, memoryMb: () => (pid === null ? null : postgresMemoryMb(pid)), others };
}

/** Counts the connections of clients but for the one that asks. */
export async function others(session: Session): Promise<number> {
  const text = `select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  const [answer] = await session.run({ statements: [{ text, values: [] }], transaction: null });
  return Number(answer?.rows[0]?.[0] ?? 0);
}
