/** Which database a project has: its own, in its folder; the one in `DATABASE_URL`; or PGlite. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Database } from './database.ts';
import { LocalPostgres } from './local-postgres.ts';
import { NamedPostgres } from './named-postgres.ts';
import { findPostgres } from './postgres-binaries.ts';

/** The variable that names a database of one's own. */
export const DATABASE_URL = 'DATABASE_URL';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param root folder of the project
 * @param folder where its data lies
 * @throws when DATABASE_URL is set and wrong
 */
export async function findDatabase(
  root: string,
  folder: string,
  env: Environment,
): Promise<Database> {
  const url = namedDatabase(root, env);
  if (url !== null) return new NamedPostgres(url);
  try {
    return new LocalPostgres(folder, await findPostgres(root));
  } catch (error) {
    const { PGliteDatabase } = await import('./pglite-database.ts');
    const why = `${(error as Error).message} PGlite takes its place: Postgres in WebAssembly, with one connection for all.`;
    return new PGliteDatabase(folder, why);
  }
}

/** From the environment, else from the files that an instance's variables come from; null when it is not set. */
export function namedDatabase(root: string, env: Environment): string | null {
  const files = ['.env', '.env.local']
    .map((name) => join(root, name))
    .filter((file) => existsSync(file));
  const own = Object.assign(
    {},
    ...files.map((file) => parseEnv(readFileSync(file, 'utf8'))),
  ) as Environment;
  return env[DATABASE_URL] || own[DATABASE_URL] || null;
}
