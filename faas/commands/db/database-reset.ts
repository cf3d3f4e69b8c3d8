/** Begins with an empty database. */

import { createInterface } from 'node:readline/promises';
import type { Database } from '../../resources/store/database.ts';
import { readMigrations } from '../../resources/store/migration-files.ts';
import { migrate } from '../../resources/store/migrations.ts';

/** A platform may run meanwhile. @throws when the database is not the course's own */
export async function resetDatabase(
  database: Database,
  root: string,
  isSure: boolean,
): Promise<void> {
  const { kind, where } = database;
  if (kind === 'named') {
    throw new Error(
      `DATABASE_URL names ${where}, and only the course's own database is emptied here. Empty that one by its own tools, or unset DATABASE_URL.`,
    );
  }
  if (!isSure && !(await agrees(where))) {
    process.stdout.write('Nothing was changed.\n');
    return;
  }
  const awake = await database.wake();
  const session = await awake.open();
  try {
    await session.script('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const applied = await migrate(session, readMigrations(root));
    process.stdout.write(
      `The database is empty. Applied: ${applied.join(', ') || 'no migration'}.\n`,
    );
  } finally {
    await session.close();
    await awake.stop();
  }
}

async function agrees(where: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Error(
      'This takes away all entries. Say that you want that: npm run db -- reset --yes',
    );
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const said = await lines.question(`All tables and entries in ${where} go. Type yes: `);
    return said.trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}
