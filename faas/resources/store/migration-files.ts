/** Reads the files that change the database's tables. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS_FOLDER, type Migration } from './migrations.ts';
import { StoreUnavailable } from './store-failure.ts';

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** @throws with the file's name when one is not named as it must be */
export function readMigrations(root: string): Migration[] {
  const folder = join(root, MIGRATIONS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => {
      if (!NAME.test(name)) {
        throw new StoreUnavailable(
          `${MIGRATIONS_FOLDER}/${name} is no migration. Expected a name such as 0002-pictures.sql; rename the file.`,
        );
      }
      // An editor or Git on Windows may have changed the ends of lines; the SQL is the same.
      const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}
