/** Changes of the database's tables: plain files of SQL, applied in their order, each once. In a page as on a server. */

import type { Session } from './database.ts';
import { StoreUnavailable } from './store-failure.ts';

/** Folder of the migrations in a project. A leading `_`: no file in it is a function. */
export const MIGRATIONS_FOLDER = 'api/_migrations';

/** One file. */
export interface Migration {
  /** `0001-guestbook.sql`; the names' order is the order in which they are applied. */
  readonly name: string;
  readonly text: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Where a file stands. */
export interface MigrationState {
  readonly name: string;
  /** As the database writes it; null while it is not applied. */
  readonly appliedAt: string | null;
  /** What is wrong with it, and what to do; null when nothing is. */
  readonly mistake: string | null;
}

const TABLE = `CREATE TABLE IF NOT EXISTS _migrations (
  name text PRIMARY KEY,
  sha256 text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
)`;

/** Any number will do, if all who apply migrations take the same one. */
const LOCKED = 'select pg_advisory_xact_lock(5432001)';

/**
 * Applies what has not been applied, each file in a transaction of its own.
 *
 * @returns names of those that were applied now
 * @throws StoreUnavailable with the file and the cure; what was applied before stays
 */
export async function migrate(session: Session, files: readonly Migration[]): Promise<string[]> {
  if (files.length === 0) return [];
  const before = await migrationStates(session, files);
  const wrong = before.find(({ mistake }) => mistake !== null);
  if (wrong !== undefined) throw new StoreUnavailable(wrong.mistake ?? '', 10);
  if (before.every(({ appliedAt }) => appliedAt !== null)) return [];
  const applied: string[] = [];
  for (const file of files) if (await apply(session, file)) applied.push(file.name);
  return applied;
}

/** Where each file stands, those included that are applied and gone. */
export async function migrationStates(
  session: Session,
  files: readonly Migration[],
): Promise<MigrationState[]> {
  const known = await appliedIn(session);
  const last = [...known.keys()].sort().at(-1) ?? '';
  const present = files.map(({ name, sha256 }): MigrationState => {
    const applied = known.get(name);
    if (applied === undefined) return { name, appliedAt: null, mistake: lateMistake(name, last) };
    const mistake = applied.sha256 === sha256 ? null : changedMistake(name);
    return { name, appliedAt: applied.at, mistake };
  });
  const gone = [...known].filter(([name]) => !files.some((file) => file.name === name));
  return [
    ...present,
    ...gone.map(([name, { at }]) => ({ name, appliedAt: at, mistake: goneMistake(name) })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function appliedIn(session: Session): Promise<Map<string, { sha256: string; at: string }>> {
  // Two who make the table at once would meet in Postgres's own catalogue.
  const statements = [LOCKED, TABLE].map((text) => ({ text, values: [] }));
  const transaction = { isolation: null, readOnly: false, deferrable: false };
  await session.run({ statements, transaction });
  const rows = await ask(session, 'select name, sha256, at from _migrations');
  return new Map(
    rows.map(([name, sha256, at]) => [name ?? '', { sha256: sha256 ?? '', at: at ?? '' }]),
  );
}

/** @returns false when another process has applied it meanwhile */
async function apply(session: Session, { name, text, sha256 }: Migration): Promise<boolean> {
  await session.script('BEGIN');
  try {
    await session.script(LOCKED);
    const isNew =
      (await session.script(
        `insert into _migrations (name, sha256) values ('${name}', '${sha256}') on conflict do nothing`,
      )) === 1;
    if (isNew) await session.script(text);
    await session.script('COMMIT');
    return isNew;
  } catch (error) {
    await session.script('ROLLBACK').catch(() => undefined);
    throw new StoreUnavailable(
      `${MIGRATIONS_FOLDER}/${name} was refused: ${(error as Error).message}. Correct the file, and call again.`,
      10,
      error,
    );
  }
}

async function ask(
  session: Session,
  text: string,
): Promise<readonly (readonly (string | null)[])[]> {
  const [answer] = await session.run({ statements: [{ text, values: [] }], transaction: null });
  return answer?.rows ?? [];
}

const ANEW = 'or begin with an empty database: npm run db -- reset';

function changedMistake(name: string): string {
  return `${MIGRATIONS_FOLDER}/${name} was changed after it was applied. Put it back as it was and write a new file, ${ANEW}.`;
}

function lateMistake(name: string, last: string): string | null {
  return name > last
    ? null
    : `${MIGRATIONS_FOLDER}/${name} would come before ${last}, which is applied. Give it a later number, ${ANEW}.`;
}

function goneMistake(name: string): string {
  return `${MIGRATIONS_FOLDER}/${name} is applied, and the file is gone. Put it back, ${ANEW}.`;
}
