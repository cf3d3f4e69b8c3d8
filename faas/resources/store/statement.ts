/** What is asked of a database, and what comes of it. No more than SQL and text: it crosses HTTP and workers. */

/** One statement, its values apart. */
export interface Statement {
  readonly text: string;
  /** For `$1`, `$2`, … */
  readonly values: readonly unknown[];
}

/** How a transaction runs: SQL's own words. */
export interface TransactionMode {
  /** @default the database's own, `READ COMMITTED` */
  readonly isolation: Isolation | null;
  readonly readOnly: boolean;
  readonly deferrable: boolean;
}

/** Isolation levels of SQL, as Postgres writes them. */
export const ISOLATIONS = [
  'READ UNCOMMITTED',
  'READ COMMITTED',
  'REPEATABLE READ',
  'SERIALIZABLE',
] as const;
export type Isolation = (typeof ISOLATIONS)[number];

/** What one call of a function asks for: one statement, or some in one transaction. */
export interface Batch {
  readonly statements: readonly Statement[];
  /** Null for one statement by itself. */
  readonly transaction: TransactionMode | null;
}

/** A column of an answer, as Postgres describes it (RowDescription). */
export interface Column {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  /** Its type, an OID of `pg_type`. */
  readonly dataTypeID: number;
  readonly dataTypeSize: number;
  readonly dataTypeModifier: number;
  readonly format: string;
}

/** What came of one statement. Every value is the text that Postgres wrote. */
export interface Rows {
  /** `SELECT`, `INSERT` */
  readonly command: string;
  readonly rowCount: number | null;
  readonly fields: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What Postgres says of an error (ErrorResponse), under the names that `pg` uses. */
export const ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/** Begins a transaction of this mode. */
export function beginText({ isolation, readOnly, deferrable }: TransactionMode): string {
  const words = [
    isolation === null ? '' : `ISOLATION LEVEL ${isolation}`,
    readOnly ? 'READ ONLY' : '',
    deferrable ? 'DEFERRABLE' : '',
  ];
  return ['BEGIN', ...words.filter((word) => word !== '')].join(' ');
}

/** The beginning of the first statement, for a trace. */
export function titleOf({ statements, transaction }: Batch): string {
  const text = (statements[0]?.text ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return transaction === null ? text : `${statements.length} in a transaction: ${text}`;
}

/** What one is told who begins a transaction in one call, to go on with it in another. */
export function staysOpen(): Error {
  return Object.assign(
    new Error(
      'A transaction that one call begins cannot be ended by the next: each call has a connection of its own. Send all of it at once, sql.transaction([...]), or write one statement.',
    ),
    { code: '25000' },
  );
}
