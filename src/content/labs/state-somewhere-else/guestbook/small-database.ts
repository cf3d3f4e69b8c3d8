/**
 * The database of this lab: two tables, and a handful of statements that it knows whole. It does not
 * read SQL beyond telling texts and numbers from words; `small-database.process.test.ts` holds each of
 * its answers to those of Postgres. One statement is one step: nothing comes between.
 */

import type { HandedAnswer } from '#faas/labs/entry-calls.ts';

/** One row of `entries`. */
export interface EntryRow {
  readonly id: string;
  readonly owner: string;
  readonly text: string;
}

type Value = string | number | boolean | null;
type Row = Readonly<Record<string, Value>>;
type Tables = { posts: number; entries: Map<string, EntryRow> | null };
type Statement = (tables: Tables, values: readonly Value[]) => Row[];

/** What a statement came to that Postgres would refuse. */
class Refused extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

const SYNTAX = '42601';

export class SmallDatabase {
  readonly #tables: Tables = { posts: 0, entries: new Map() };

  /** What the row of `book` says. */
  get posts(): number {
    return this.#tables.posts;
  }

  /** The rows of `entries`, in the order of their ids; null when the table is gone. */
  get entries(): readonly EntryRow[] | null {
    const { entries } = this.#tables;
    return entries && [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * Runs one text: a statement with its values, or, as in `pg`, several without any, all or none.
   * @param given the text, and the values for `$1`, `$2`, …
   */
  readonly answer = (_handed: string, [text, values = []]: readonly unknown[]): HandedAnswer => {
    const before = {
      ...this.#tables,
      entries: this.#tables.entries && new Map(this.#tables.entries),
    };
    try {
      return { value: run(this.#tables, String(text), values as readonly Value[]) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      Object.assign(this.#tables, before);
      return { error: error.message, code: error.code };
    }
  };
}

function run(tables: Tables, text: string, values: readonly Value[]): Row[] {
  if ([text, ...values].some((one) => String(one).includes('\0'))) {
    throw new Refused('invalid byte sequence for encoding "UTF8": 0x00', '22021');
  }
  const statements = statementsIn(text);
  if (statements.length > 1 && values.length > 0) {
    throw new Refused('cannot insert multiple commands into a prepared statement', SYNTAX);
  }
  const known = statements.map((tokens) => {
    const slots = tokens.filter(({ kind }) => kind !== 'word');
    const wanted = Math.max(
      0,
      ...slots.map(({ kind, value }) => (kind === 'slot' ? Number(value) : 0)),
    );
    if (wanted !== values.length) {
      throw new Refused(
        `bind message supplies ${values.length} parameters, but prepared statement "" requires ${wanted}`,
        '08P01',
      );
    }
    const statement = STATEMENTS.get(shapeOf(withName(tokens)));
    if (statement === undefined) {
      throw new Refused(
        `The database of this lab knows the statements of the task alone, and this is none of them: ${text}`,
        SYNTAX,
      );
    }
    const filled = slots.map(({ kind, value }) =>
      kind === 'slot' ? (values[Number(value) - 1] ?? null) : value,
    );
    return () => statement(tables, filled);
  });
  return known.map((statement) => statement()).at(-1) ?? [];
}

/** Anything that does not hold a value is a word: `insert`, `(`, `::`. */
interface Token {
  readonly kind: 'word' | 'literal' | 'slot';
  readonly value: string | number;
}

const TOKEN = /--[^\n]*|'(?:[^']|'')*'|\$\d+|\d+|[a-z_]\w*|::|\s+|./giy;

/** The statements of a text, without empty ones. @throws Refused for a text that does not end */
function statementsIn(text: string): Token[][] {
  const statements: Token[][] = [[]];
  for (const [piece] of text.matchAll(TOKEN)) {
    if (/^(\s|--)/.test(piece)) continue;
    if (piece === ';') statements.push([]);
    else statements.at(-1)?.push(tokenOf(piece));
  }
  return statements.filter((tokens) => tokens.length > 0);
}

function tokenOf(piece: string): Token {
  if (piece === "'") throw new Refused('unterminated quoted string', SYNTAX);
  if (piece.startsWith("'")) {
    return { kind: 'literal', value: piece.slice(1, -1).replaceAll("''", "'") };
  }
  if (/^\$\d/.test(piece)) return { kind: 'slot', value: piece.slice(1) };
  if (/^\d/.test(piece)) return { kind: 'literal', value: Number(piece) };
  return { kind: 'word', value: piece.toLowerCase() };
}

/** `with anything as (…)`: under the one name that {@link STATEMENTS} has for it. */
function withName(tokens: readonly Token[]): readonly Token[] {
  const [first, name, as] = tokens;
  if (first?.value !== 'with' || name?.kind !== 'word' || as?.value !== 'as') return tokens;
  return tokens.map((token) =>
    token.kind === 'word' && token.value === name.value ? { ...token, value: 'fresh' } : token,
  );
}

/** The statement with its values taken out. */
function shapeOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, value }) => (kind === 'word' ? value : '$')).join(' ');
}

const INSERT = 'insert into entries (id, owner, text) values ($1, $2, $3)';
const IF_NEW = 'on conflict (id) do nothing';

/** Every statement that it knows, by its shape. */
const STATEMENTS: ReadonlyMap<string, Statement> = new Map(
  (
    [
      ['select posts from book', ({ posts }) => [{ posts }]],
      ['update book set posts = $1', (tables, [posts]) => setPosts(tables, Number(posts), [])],
      [
        'update book set posts = posts + $1',
        (tables, [more]) => addPosts(tables, Number(more), []),
      ],
      [
        'update book set posts = posts + $1 returning posts',
        (tables, [more]) => addPosts(tables, Number(more)),
      ],
      [
        INSERT,
        (tables, values) => {
          if (!insert(tables, values)) throw duplicate();
          return [];
        },
      ],
      [`${INSERT} ${IF_NEW}`, (tables, values) => (insert(tables, values), [])],
      [
        `${INSERT} ${IF_NEW} returning id`,
        (tables, values) => (insert(tables, values) ? [{ id: String(values[0]) }] : []),
      ],
      [
        `with fresh as (${INSERT} ${IF_NEW} returning id)
         update book set posts = posts + (select count(*) from fresh) returning posts`,
        (tables, values) => addPosts(tables, insert(tables, values) ? 1 : 0),
      ],
      [
        `with fresh as (${INSERT} returning id)
         update book set posts = posts + (select count(*) from fresh) returning posts`,
        (tables, values) => {
          if (!insert(tables, values)) throw duplicate();
          return addPosts(tables, 1);
        },
      ],
      ['select count(*)::int as posts from entries', (tables) => [{ posts: rows(tables).size }]],
      [
        'select id from entries where id = $1',
        (tables, [id]) => of(tables, id).map((row) => ({ id: row.id })),
      ],
      [
        'select owner from entries where id = $1',
        (tables, [id]) => of(tables, id).map(({ owner }) => ({ owner })),
      ],
      [
        'update entries set text = $1 where id = $2 returning id',
        (tables, [text, id]) => write(tables, of(tables, id), text),
      ],
      [
        'update entries set text = $1 where id = $2 and owner = $3 returning id',
        (tables, [text, id, owner]) =>
          write(
            tables,
            of(tables, id).filter((row) => row.owner === owner),
            text,
          ),
      ],
      [
        'drop table entries',
        (tables) => {
          rows(tables);
          tables.entries = null;
          return [];
        },
      ],
    ] as [string, Statement][]
  ).map(([text, statement]) => [shapeOf(statementsIn(text)[0] ?? []), statement]),
);

function duplicate(): Refused {
  return new Refused('duplicate key value violates unique constraint "entries_pkey"', '23505');
}

function setPosts(tables: Tables, posts: number, returning: Row[] = [{ posts }]): Row[] {
  tables.posts = posts;
  return returning;
}

function addPosts(tables: Tables, more: number, returning?: Row[]): Row[] {
  return setPosts(tables, tables.posts + more, returning);
}

/** False, and nothing done, where the id is there already. */
function insert(tables: Tables, [id, owner, text]: readonly Value[]): boolean {
  const entries = rows(tables);
  if (entries.has(String(id))) return false;
  entries.set(String(id), { id: String(id), owner: String(owner), text: String(text) });
  return true;
}

function of(tables: Tables, id: Value | undefined): EntryRow[] {
  const row = rows(tables).get(String(id));
  return row === undefined ? [] : [row];
}

function write(tables: Tables, found: readonly EntryRow[], text: Value | undefined): Row[] {
  for (const row of found) rows(tables).set(row.id, { ...row, text: String(text) });
  return found.map(({ id }) => ({ id }));
}

function rows({ entries }: Tables): Map<string, EntryRow> {
  if (entries === null) throw new Refused('relation "entries" does not exist', '42P01');
  return entries;
}
