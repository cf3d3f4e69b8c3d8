/** What the tab's database is made of: its worker's module, PGlite's files, and the migrations. */

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TAB_DATABASE, type TabDatabaseFacts } from '../api.ts';
import { readMigrations } from '../resources/store/migration-files.ts';
import { bundle } from './bundle.ts';

/** Beside this file, wherever the project is whose functions it serves. */
const WORKER = fileURLToPath(
  new URL('../resources/tab-store/tab-database-worker.ts', import.meta.url),
);

/** PGlite's files that its module loads while it runs. */
const FILES = ['pglite.wasm', 'initdb.wasm', 'pglite.data'];

/** Folder of PGlite's module. */
function pgliteFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
}

/** One of PGlite's files; null when it has none of this name. */
export function pgliteFile(name: string): Buffer | null {
  return FILES.includes(name) ? readFileSync(join(pgliteFolder(), name)) : null;
}

/** Text of {@link TAB_DATABASE}'s worker. @param root folder of the project */
export async function databaseWorker(root: string): Promise<string> {
  const code = await bundle(root, WORKER, { emptiesNode: true });
  if (code === null) throw new Error(`${WORKER} could not be bundled.`);
  return code;
}

/** What a page is told. @param code of the worker */
export function databaseFacts(root: string, code: string): TabDatabaseFacts {
  const text = readFileSync(join(pgliteFolder(), '../package.json'), 'utf8');
  const { version: pglite } = JSON.parse(text) as { version: string };
  const migrations = readMigrations(root);
  const hash = createHash('sha256').update(code).update(JSON.stringify(migrations));
  const sizes = FILES.map((name) => statSync(join(pgliteFolder(), name)).size);
  const bytes = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(code));
  return { pglite, version: hash.digest('hex').slice(0, 8), bytes, migrations };
}

/** Writes all of it into the built site. @param dist its folder */
export async function writeTabDatabase(root: string, dist: string): Promise<void> {
  const code = await databaseWorker(root);
  mkdirSync(join(dist, TAB_DATABASE.files), { recursive: true });
  writeFileSync(join(dist, TAB_DATABASE.worker), code);
  writeFileSync(join(dist, TAB_DATABASE.facts), JSON.stringify(databaseFacts(root, code)));
  for (const name of FILES) {
    copyFileSync(join(pgliteFolder(), name), join(dist, TAB_DATABASE.files, name));
  }
}
