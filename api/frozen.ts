/**
 * What becomes of a connection while its instance is frozen: no timer runs, the database hangs up, and
 * three forms of the same lines find out in three ways. Only on a server: `pg` needs a socket.
 */

import pg from 'pg';
import { badRequest } from './_lib/bad-request.ts';

const connection: pg.ClientConfig = {
  ...(process.env['DATABASE_URL_UNPOOLED'] !== undefined && {
    connectionString: process.env['DATABASE_URL_UNPOOLED'],
  }),
  application_name: 'frozen',
  // After this time without a statement the database hangs up (57P05).
  options: '-c idle_session_timeout=300',
};

let served = 0;

// #region client
/** One client for all calls. It hears of its end, and stays the one that it is. */
let client: Promise<pg.Client> | null = null;

async function byClient(): Promise<unknown> {
  client ??= connected();
  return (await client).query('select 1');
}

async function connected(): Promise<pg.Client> {
  const made = new pg.Client(connection);
  made.on('error', ({ message }) => console.log(`the client hears: ${message}`));
  await made.connect();
  return made;
}
// #endregion

// #region pool
/** A pool that nobody listens to. */
let deafPool: pg.Pool | null = null;

async function byPool(): Promise<unknown> {
  deafPool ??= new pg.Pool(connection);
  return deafPool.query('select 1');
}
// #endregion

// #region listening
/** The same pool with one line more. */
let listeningPool: pg.Pool | null = null;

async function byListeningPool(): Promise<unknown> {
  listeningPool ??= new pg.Pool(connection).on('error', ({ message }) =>
    console.log(`the pool hears: ${message}`),
  );
  return listeningPool.query('select 1');
}
// #endregion

const FORMS: Readonly<Record<string, () => Promise<unknown>>> = {
  client: byClient,
  pool: byPool,
  listening: byListeningPool,
};

export default {
  async fetch(request: Request): Promise<Response> {
    const form = new URL(request.url).searchParams.get('form') ?? 'client';
    const ask = FORMS[form];
    if (ask === undefined) return badRequest(`"form" is one of ${Object.keys(FORMS).join(', ')}.`);
    if (connection.connectionString === undefined) {
      return badRequest(
        'No connections of its own are given to a function here: the database has a single one, or the function has no grant "store:direct".',
      );
    }
    served += 1;
    const error = await ask().then(() => null, nameOf);
    return Response.json({ form, outcome: error === null ? 'answered' : 'failed', error, served });
  },
};

/** The code of an error, or what it says. */
function nameOf(error: unknown): string {
  const { code, message } = error as Error & { code?: string };
  return code ?? message;
}
