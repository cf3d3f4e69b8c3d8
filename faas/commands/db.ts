/** `npm run db -- status | shell | reset`: the functions' database, from a terminal. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DATA_FOLDER } from '../local/local-platform.ts';
import { findDatabase } from '../resources/store/find-database.ts';
import { STORE_FOLDER } from '../resources/store/store-resource.ts';
import { resetDatabase } from './db/database-reset.ts';
import { databaseShell } from './db/database-shell.ts';
import { databaseStatus } from './db/database-status.ts';

const USAGE = `usage: npm run db -- status | shell | reset [--yes]

  status   which database it is, where its data lies, which migrations are applied
  shell    statements of your own, each ended by ";"; \\q or Ctrl+D leaves
  reset    takes away all tables with all entries, and makes them anew
  --yes    without asking
`;

const TASKS = { status: databaseStatus, shell: databaseShell, reset: resetDatabase };

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  const [name = '', ...more] = positionals;
  if (values.help === true) process.stdout.write(USAGE);
  else if (!Object.hasOwn(TASKS, name) || more.length > 0) {
    throw new Error(
      `Expected one of status, shell, reset; "${positionals.join(' ')}" came.\n\n${USAGE}`,
    );
  } else {
    const root = process.cwd();
    const database = await findDatabase(root, join(root, DATA_FOLDER, STORE_FOLDER), process.env);
    await TASKS[name as keyof typeof TASKS](database, root, values.yes === true);
  }
} catch (error) {
  process.stderr.write(`\n${(error as Error).message.trim()}\n\n`);
  process.exitCode = 1;
}
