/** What a store needs of a database: to be woken, spoken to, and put to sleep. */

import type { Batch, Rows } from './statement.ts';

/** A database that may run or not. */
export interface Database {
  /** `own`: a Postgres in the project's folder. `named`: by `DATABASE_URL`. `wasm`: PGlite. */
  readonly kind: 'own' | 'named' | 'wasm';
  /** `PostgreSQL 18.4` */
  readonly engine: string;
  /** Why it is this one and not the first choice; null for the first choice. */
  readonly why: string | null;
  /** A folder, or a machine and a name. */
  readonly where: string;
  /** Makes ready what takes long and needs no process. */
  prepare(): Promise<unknown>;
  /**
   * Starts it, unless it runs. Resolves when it takes statements.
   * @throws with what happened and what to do
   */
  wake(): Promise<AwakeDatabase>;
}

/** A database that takes statements. */
export interface AwakeDatabase {
  /** Of its process; null when it is none of this machine. */
  readonly pid: number | null;
  /** Whether this process started it, and so may stop it. */
  readonly isOurs: boolean;
  /** Where a client of Postgres reaches it; null when there is no such place. */
  readonly address: DatabaseAddress | null;
  /** A connection. */
  open(): Promise<Session>;
  /** Open connections that are not this process's own. */
  others(session: Session): Promise<number>;
  /** Of all its processes, in MB (10^6 bytes); null where it cannot be measured. */
  memoryMb(): number | null;
  /** Resolves when it is down, its data on the disk. Without effect when it is not ours. */
  stop(): Promise<void>;
  /** Resolves when it has ended, asked or not; never for one that is not ours. */
  readonly ended: Promise<void>;
}

/** Where Postgres listens, and who may come in. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** One connection. It runs one batch at a time. */
export interface Session {
  /**
   * Runs a batch and leaves nothing of it behind: no transaction, setting, lock or temporary table.
   * @throws what Postgres says of a statement, with its `code`
   */
  run(batch: Batch): Promise<readonly Rows[]>;
  /** Runs a text of SQL, which may hold many statements. @returns how many rows the last one changed */
  script(text: string): Promise<number>;
  /** False when the connection has ended: another is needed. */
  readonly isOpen: boolean;
  close(): Promise<void>;
}
