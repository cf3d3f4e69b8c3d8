/** One connection to a Postgres, by `pg`. */

import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import type { DatabaseAddress, Session } from './database.ts';
import { StoreUnavailable } from './store-failure.ts';
import { beginText, staysOpen, type Batch, type Rows, type Statement } from './statement.ts';

/** Longest time that a batch may take, in ms. Less than a function may. */
export const STATEMENT_MS = 5_000;

/** Time beyond it until a connection that does not even say so is given up, in ms. */
const SILENCE_MS = 1_000;

/** Longest time to wait for a connection, in ms. */
const CONNECT_MS = 10_000;

/** Values stay the text that Postgres wrote. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

/** Where to connect, and as whom. */
export type PgTarget = DatabaseAddress | { readonly connectionString: string };

let loaded: Promise<typeof pg> | null = null;

/** Loading `pg` takes as long as Postgres needs to start, so both can happen at once. */
export function loadPg(): Promise<typeof pg> {
  loaded ??= import('pg').then((module) => module.default);
  return loaded;
}

/**
 * Opens a connection.
 *
 * @param limits whether the server is told how long a statement may take; poolers do not take it
 * @throws the error of `pg` or of the system
 */
export async function openPgSession(target: PgTarget, limits: boolean): Promise<PgSession> {
  const { Client } = await loadPg();
  const client = new Client({
    ...target,
    application_name: 'scale-to-zero',
    connectionTimeoutMillis: CONNECT_MS,
    ...(limits && { statement_timeout: STATEMENT_MS }),
  });
  const session = new PgSession(client);
  try {
    await client.connect();
    return session;
  } catch (error) {
    // `pg` gives its own time-out no code.
    const isLate = error instanceof Error && !('code' in error) && /timeout/.test(error.message);
    throw isLate ? Object.assign(error, { code: 'ETIMEDOUT' }) : error;
  }
}

/** A connection that leaves nothing behind between two batches. */
export class PgSession implements Session {
  readonly #client: pg.Client;
  #isOpen = true;
  /** The cleaning up after the last batch. */
  #cleaned: Promise<unknown> = Promise.resolve();

  constructor(client: pg.Client) {
    this.#client = client;
    // Without a listener the end of an idle connection would end this process.
    client.on('error', () => (this.#isOpen = false));
    client.on('end', () => (this.#isOpen = false));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async run(batch: Batch): Promise<readonly Rows[]> {
    await this.#cleaned;
    if (!this.#isOpen) throw closed();
    const late = setTimeout(() => this.#giveUp(), STATEMENT_MS + SILENCE_MS);
    try {
      return await this.#runAll(batch);
    } catch (error) {
      throw this.#named(error);
    } finally {
      clearTimeout(late);
      this.#cleaned = turn().then(() => this.#clean());
    }
  }

  async script(text: string): Promise<number> {
    await this.#cleaned;
    if (!this.#isOpen) throw closed();
    const results = [await this.#client.query(text)].flat();
    return results.at(-1)?.rowCount ?? 0;
  }

  async close(): Promise<void> {
    await this.#cleaned;
    this.#isOpen = false;
    await this.#client.end().catch(() => undefined);
  }

  async #runAll({ statements, transaction }: Batch): Promise<readonly Rows[]> {
    if (transaction === null) {
      const results = [await this.#one(statements[0] ?? { text: '', values: [] })];
      if (this.#isInTransaction) throw staysOpen();
      return results;
    }
    await this.#client.query(beginText(transaction));
    const results: Rows[] = [];
    for (const statement of statements) results.push(await this.#one(statement));
    await this.#client.query('COMMIT');
    return results;
  }

  async #one({ text, values }: Statement): Promise<Rows> {
    const { command, rowCount, fields, rows } = await this.#client.query<(string | null)[]>({
      text,
      values: [...values],
      rowMode: 'array',
      types: AS_TEXT,
      // Without values `pg` would take the simple protocol, in which a text may hold many statements.
      ...{ queryMode: 'extended' },
    } as pg.QueryArrayConfig);
    return { command, rowCount, fields, rows };
  }

  /** Gives the errors a code that `pg` throws without one when the connection ends. */
  #named(error: unknown): unknown {
    if (!(error instanceof Error) || 'code' in error || error instanceof StoreUnavailable)
      return error;
    if (!/connection|client/i.test(error.message)) return error;
    this.#isOpen = false;
    // Then nothing was sent.
    const wasClosed = error.message.includes('not queryable');
    return Object.assign(error, { code: wasClosed ? 'CLOSED' : 'ECONNRESET' });
  }

  get #isInTransaction(): boolean {
    const status = this.#client.getTransactionStatus();
    return status === 'T' || status === 'E';
  }

  /**
   * Takes back whatever the batch left: an open transaction, settings, locks, temporary tables. A turn
   * later, so that the answer leaves first.
   */
  async #clean(): Promise<void> {
    if (!this.#isOpen) return;
    try {
      if (this.#isInTransaction) await this.#client.query('ROLLBACK');
      await this.#client.query('DISCARD ALL');
    } catch {
      this.#isOpen = false;
      void this.#client.end().catch(() => undefined);
    }
  }

  #giveUp(): void {
    this.#isOpen = false;
    const { stream } = (
      this.#client as unknown as { connection: { stream: { destroy(e: Error): void } } }
    ).connection;
    stream.destroy(
      new StoreUnavailable(
        `The database has not answered for ${(STATEMENT_MS + SILENCE_MS) / 1000} s. Ask for less at once, or try again.`,
      ),
    );
  }
}

function closed(): Error {
  return Object.assign(new Error('the connection has ended'), { code: 'CLOSED' });
}
