/** Statements on a PGlite: Postgres in WebAssembly, with one connection. The same lines in a worker thread and in a page. */

import type { PGlite, Results } from '@electric-sql/pglite';
import type { Session } from './database.ts';
import { beginText, staysOpen, type Batch, type Rows, type Statement } from './statement.ts';

/** PGlite does not say whether a transaction is open. */
const BEGINS = /^\s*(begin|start\s+transaction)\b/i;

const asItIs = (value: string): string => value;

/** The one connection of a PGlite. */
export class PGliteSession implements Session {
  readonly #pg: PGlite;
  /** Values go in and come out as text. */
  readonly #asText;

  constructor(pg: PGlite) {
    this.#pg = pg;
    const noChange = (table: object) =>
      Object.fromEntries(Object.keys(table).map((oid) => [oid, asItIs]));
    this.#asText = { parsers: noChange(pg.parsers), serializers: noChange(pg.serializers) };
  }

  get isOpen(): boolean {
    return !this.#pg.closed;
  }

  async run({ statements, transaction }: Batch): Promise<readonly Rows[]> {
    const results: Rows[] = [];
    try {
      if (transaction !== null) await this.#pg.exec(beginText(transaction));
      for (const statement of statements) results.push(await this.#one(statement));
      if (transaction === null && BEGINS.test(statements[0]?.text ?? '')) throw staysOpen();
      if (transaction !== null) await this.#pg.exec('COMMIT');
      return results;
    } finally {
      await this.#clean();
    }
  }

  async script(text: string): Promise<number> {
    const results = await this.#pg.exec(text);
    return results.at(-1)?.affectedRows ?? 0;
  }

  close(): Promise<void> {
    return this.#pg.close();
  }

  async #one({ text, values }: Statement): Promise<Rows> {
    const given = values.map((value) => (value === null ? null : String(value)));
    const options = { rowMode: 'array', ...this.#asText } as const;
    return rowsOf(await this.#pg.query<(string | null)[]>(text, given, options));
  }

  /** `ROLLBACK` outside of a transaction is a warning. */
  async #clean(): Promise<void> {
    if (!this.isOpen) return;
    await this.#pg.exec('ROLLBACK');
    await this.#pg.exec('DISCARD ALL');
  }
}

function rowsOf(results: Results<(string | null)[]>): Rows {
  const {
    command = '',
    rows,
    fields,
    affectedRows,
  } = results as typeof results & { command?: string };
  return {
    command,
    rowCount: rows.length > 0 ? rows.length : (affectedRows ?? 0),
    fields: fields.map(({ name, dataTypeID }) => ({
      name,
      dataTypeID,
      tableID: 0,
      columnID: 0,
      dataTypeSize: -1,
      dataTypeModifier: -1,
      format: 'text',
    })),
    rows,
  };
}
