/**
 * The protocol of Neon's HTTP driver, as `@neondatabase/serverless` 1.2.0 speaks it: a POST of JSON whose
 * headers say what form the answer takes. Pure: the same lines answer on a server and in a page.
 */

import {
  ERROR_FIELDS,
  ISOLATIONS,
  type Batch,
  type Isolation,
  type Rows,
  type Statement,
} from './statement.ts';
import { jsonValue } from './json-value.ts';

/** Headers of a request. */
export const NEON_HEADERS = {
  connection: 'neon-connection-string',
  /** `true`: values stay the text that Postgres wrote. */
  rawText: 'neon-raw-text-output',
  /** `true`: a row is a list and no object. */
  arrayMode: 'neon-array-mode',
  isolation: 'neon-batch-isolation-level',
  readOnly: 'neon-batch-read-only',
  deferrable: 'neon-batch-deferrable',
} as const;

type HeaderOf = (name: string) => string | null;

/** Most statements of one transaction. */
const MOST_STATEMENTS = 1_000;

/** What was asked, and the form that its answer takes. */
export interface NeonRequest {
  readonly batch: Batch;
  readonly rawText: boolean;
  readonly arrayMode: boolean;
}

/** @throws RangeError with what was expected and what came */
export function parseNeonRequest(body: string, header: HeaderOf): NeonRequest {
  const isSet = (name: string): boolean => header(name)?.toLowerCase() === 'true';
  const value = parsed(body);
  const isBatch = typeof value === 'object' && value !== null && 'queries' in value;
  const statements = isBatch ? statementsOf(value.queries) : [statementOf(value)];
  const transaction = {
    isolation: isolationOf(header(NEON_HEADERS.isolation)),
    readOnly: isSet(NEON_HEADERS.readOnly),
    deferrable: isSet(NEON_HEADERS.deferrable),
  };
  return {
    batch: { statements, transaction: isBatch ? transaction : null },
    rawText: isSet(NEON_HEADERS.rawText),
    arrayMode: isSet(NEON_HEADERS.arrayMode),
  };
}

/** The answer's body. */
export function neonAnswer({ batch, ...form }: NeonRequest, results: readonly Rows[]): object {
  const answers = results.map((rows) => answerOf(rows, form));
  return batch.transaction === null ? (answers[0] ?? {}) : { results: answers };
}

/** The body of the 400 that says what Postgres said of a statement. */
export function neonError(error: Error): object {
  const said = error as Error & Partial<Record<(typeof ERROR_FIELDS)[number], unknown>>;
  const fields = ERROR_FIELDS.map((name) => [name, said[name] ?? null] as const);
  return { message: error.message, ...Object.fromEntries(fields) };
}

function answerOf(
  { command, rowCount, fields, rows }: Rows,
  { rawText, arrayMode }: Omit<NeonRequest, 'batch'>,
): object {
  const valueOf = (text: string | null, column: number): unknown =>
    rawText ? text : jsonValue(text, fields[column]?.dataTypeID ?? 0);
  const shaped = rows.map((row) =>
    arrayMode
      ? row.map(valueOf)
      : Object.fromEntries(fields.map(({ name }, i) => [name, valueOf(row[i] ?? null, i)])),
  );
  return { command, rowCount, fields, rows: shaped, rowAsArray: arrayMode };
}

function parsed(body: string): object | null {
  try {
    return Object(JSON.parse(body)) as object;
  } catch (error) {
    throw new RangeError(
      `Expected JSON, { "query": "select $1::int", "params": [1] }; what came is not: ${(error as Error).message}.`,
      { cause: error },
    );
  }
}

function statementsOf(queries: unknown): Statement[] {
  const isList = Array.isArray(queries);
  if (isList && queries.length > 0 && queries.length <= MOST_STATEMENTS) {
    return queries.map(statementOf);
  }
  throw new RangeError(
    `"queries" is a list of 1 to ${MOST_STATEMENTS} statements; ${isList ? queries.length : typeof queries} came.`,
  );
}

function statementOf(value: unknown): Statement {
  const { query, params = [] } = Object(value) as { query?: unknown; params?: unknown };
  if (typeof query === 'string' && Array.isArray(params)) return { text: query, values: params };
  throw new RangeError(
    `Expected { "query": "select $1::int", "params": [1] }, and "query" is of type ${typeof query}, "params" of type ${typeof params}.`,
  );
}

/** `ReadCommitted`, as the driver says it → `READ COMMITTED` */
function isolationOf(said: string | null): Isolation | null {
  if (said === null) return null;
  const plain = said.replaceAll(/[\s_-]/g, '').toLowerCase();
  const found = ISOLATIONS.find((level) => level.replaceAll(' ', '').toLowerCase() === plain);
  if (found !== undefined) return found;
  throw new RangeError(
    `${NEON_HEADERS.isolation} is "${said}". Expected ReadUncommitted, ReadCommitted, RepeatableRead or Serializable.`,
  );
}
