/** What there is to say of the database. */

import type { AwakeDatabase, Database, Session } from '../../resources/store/database.ts';
import { readMigrations } from '../../resources/store/migration-files.ts';
import { MIGRATIONS_FOLDER, migrationStates } from '../../resources/store/migrations.ts';
import { table } from './terminal-table.ts';

/** Prints it. The database is woken for that, and put to sleep again if it slept. */
export async function databaseStatus(database: Database, root: string): Promise<void> {
  const { engine, why, where } = database;
  const awake = await database.wake();
  const session = await awake.open();
  try {
    const facts = [
      ['database', engine],
      ['data', where],
      ...(why === null ? [] : [['why', why]]),
      ['state', stateOf(awake, await awake.others(session))],
    ];
    const tables = await tablesOf(session);
    const files = await migrationStates(session, readMigrations(root));
    process.stdout.write(`\n${table(null, facts)}\n\n`);
    process.stdout.write(`${table(['table', 'rows', 'size'], tables)}\n\n`);
    process.stdout.write(
      `${table(
        [MIGRATIONS_FOLDER, 'applied'],
        files.map(({ name, appliedAt, mistake }) => [name, mistake ?? appliedAt ?? 'not yet']),
      )}\n\n`,
    );
  } finally {
    await session.close();
    await awake.stop();
  }
}

function stateOf({ isOurs, pid }: AwakeDatabase, others: number): string {
  if (isOurs) return 'asleep (woken for this question)';
  const process = pid === null ? '' : `, process ${pid}`;
  return `awake${process}, ${others} other ${others === 1 ? 'connection' : 'connections'}`;
}

async function tablesOf(session: Session): Promise<string[][]> {
  const text = `select tablename, pg_size_pretty(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass))
    from pg_tables where schemaname = 'public' and tablename <> '_migrations' order by 1`;
  const [found] = await session.run({ statements: [{ text, values: [] }], transaction: null });
  const rows: string[][] = [];
  for (const [name, size] of found?.rows ?? []) {
    const count = {
      text: `select count(*) from "${(name ?? '').replaceAll('"', '""')}"`,
      values: [],
    };
    const [answer] = await session.run({ statements: [count], transaction: null });
    rows.push([name ?? '', answer?.rows[0]?.[0] ?? '', size ?? '']);
  }
  return rows;
}
