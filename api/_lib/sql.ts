/**
 * The database of a function: the same lines in every place. Each statement is one HTTP request, in the
 * protocol of Neon's driver, and the environment says where to: `DATABASE_URL` names a database of Neon,
 * or `SQL_ENDPOINT` a platform of this course, which has a Postgres behind it.
 */

import { neon, neonConfig } from '@neondatabase/serverless';
import { sqlRequestBy } from './sql-request.ts';

// A browser has no `process`, and what bundles for one writes `{}` in the place of `process.env`.
const { process } = globalThis as { process?: Partial<NodeJS.Process> };
const { DATABASE_URL, SQL_ENDPOINT } = process?.env ?? {};

if (SQL_ENDPOINT !== undefined) {
  neonConfig.fetchEndpoint = SQL_ENDPOINT;
  // A page and other clouds have `fetch` alone.
  const http = SQL_ENDPOINT.startsWith('http:') && process?.getBuiltinModule?.('node:http');
  if (http) neonConfig.fetchFunction = sqlRequestBy(http);
}

/** `` sql`select ${value}` `` or `sql.query('select $1', [value])`; `sql.transaction([…])` for some at once. */
export const sql = neon({ connectionString: address, disableWarningInBrowsers: true });

/** @throws with the cure where there is no database that this driver can reach */
function address(): string {
  if (DATABASE_URL === undefined || DATABASE_URL === '') {
    throw new Error(
      'DATABASE_URL is not set. On a platform of this course, grant the function the store: "grants": { "/api/its-name": ["store"] } in api/_platform.json. Elsewhere, set it to the address of a database of Neon.',
    );
  }
  if (SQL_ENDPOINT === undefined && !/@[^/]*\.neon\.tech[:/]/.test(DATABASE_URL)) {
    throw new Error(
      'DATABASE_URL names a database that does not take statements over HTTP. Expected one of Neon (…neon.tech), or SQL_ENDPOINT beside it: the /sql of a platform of this course.',
    );
  }
  return DATABASE_URL;
}
