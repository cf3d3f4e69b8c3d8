/**
 * Many instances before a database that has few doors: each opens connections of its own, and Postgres
 * says when there are none left (53300). Only on a server: `pg` speaks Postgres's own protocol over a
 * socket, which no browser has.
 */

import pg from 'pg';
import { badRequest } from './_lib/bad-request.ts';
import { sql } from './_lib/sql.ts';
import { orStoreProblem } from './_lib/store-problem.ts';

/** `pg`'s own default. */
const SIZE = 10;

/** Longest time that an instance may be told to stay, in ms. */
const MOST_HOLD_MS = 60_000;

/** How long the end of somebody else's connections is waited for, in ms. */
const MOST_WAIT_MS = 4_000;
const LOOK_EVERY_MS = 100;

/** A connection of this age is of an earlier storm: no call of this one is as old. */
const STORM_S = 60;

/** What came of one instance's try. */
interface Try {
  /** `answered`, or the code of the error: `53300`. */
  readonly outcome: string;
  /** Connections that this instance got. */
  readonly opened: number;
  readonly message?: string;
}

const WAYS: Readonly<Record<string, () => Promise<Try>>> = { lazy, filled, front, look };

export default {
  fetch(request: Request): Promise<Response> {
    return orStoreProblem(async () => {
      const query = new URL(request.url).searchParams;
      const how = query.get('how') ?? 'lazy';
      const holdMs = Number(query.get('holdMs') ?? 0);
      const way = WAYS[how];
      if (way === undefined) return badRequest(`"how" is one of ${Object.keys(WAYS).join(', ')}.`);
      if (!(holdMs >= 0 && holdMs <= MOST_HOLD_MS)) {
        return badRequest(`"holdMs" is the time to stay, from 0 to ${MOST_HOLD_MS} ms.`);
      }
      const needsOwn = way === lazy || way === filled;
      if (needsOwn && ADDRESS === '') return badRequest(WITHOUT);
      const others = needsOwn ? await untilAlone() : 0;
      const tried = await way();
      const seen = await activity();
      // Answered or refused, it stays as long as it is told: so the next call is another instance's.
      await wait(holdMs);
      await leave();
      return Response.json({ how, ...tried, others, ...seen });
    });
  },
};

const ADDRESS = process.env['DATABASE_URL_UNPOOLED'] ?? '';
const WITHOUT =
  'No connections of its own are given to a function here, only statements: the database is one that has a single connection, or the function has no grant "store:direct". Try how=front.';

let pool: pg.Pool | null = null;

/** In module scope: one pool for all calls of the instance. It starts empty. */
function ownPool(): pg.Pool {
  if (pool === null) {
    pool = new pg.Pool({ connectionString: ADDRESS, max: SIZE, application_name: 'storm' });
    pool.on('error', () => undefined);
  }
  return pool;
}

// #region lazy
/** A pool opens a connection when a query needs one: one query, one connection. */
async function lazy(): Promise<Try> {
  return trying(() => ownPool().query('select 1'));
}
// #endregion

// #region filled
/** The same pool, filled at once, "to be ready". */
async function filled(): Promise<Try> {
  const opening = Array.from({ length: SIZE }, () => ownPool().connect());
  const tried = await trying(() => Promise.all(opening));
  const settled = await Promise.allSettled(opening);
  const open = settled.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
  for (const client of open) client.release();
  return { ...tried, opened: open.length };
}
// #endregion

// #region front
/** A pool in front, which all instances share: each statement has its turn. */
async function front(): Promise<Try> {
  return trying(() => sql`select 1`);
}
// #endregion

/** Opens nothing. */
function look(): Promise<Try> {
  return Promise.resolve({ outcome: 'answered', opened: 0 });
}

async function trying(open: () => Promise<unknown>): Promise<Try> {
  try {
    await open();
    return { outcome: 'answered', opened: pool?.totalCount ?? 0 };
  } catch (error) {
    const { code = 'failed', message } = error as Error & { code?: string };
    return { outcome: code, opened: pool?.totalCount ?? 0, message };
  }
}

/** Connections of clients by name, as Postgres counts them. This question has the platform's own. */
async function activity() {
  const clients = await sql`
    select application_name as name, count(*)::int as connections
    from pg_stat_activity where backend_type = 'client backend'
    group by 1 order by 1`;
  const [limits] = await sql`
    select current_setting('max_connections')::int as most,
      current_setting('superuser_reserved_connections')::int as reserved`;
  const open = clients.reduce((sum, { connections }) => sum + Number(connections), 0);
  return { open, most: limits?.['most'], reserved: limits?.['reserved'], clients };
}

/** @returns connections that are not of this storm, once there are none, or the wait is over */
async function untilAlone(): Promise<number> {
  const until = Date.now() + MOST_WAIT_MS;
  for (;;) {
    const [found] = await sql`
      select count(*)::int as others from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid()
        and (application_name <> 'storm' or backend_start < now() - make_interval(secs => ${STORM_S}))`;
    const others = Number(found?.['others'] ?? 0);
    if (others === 0 || Date.now() > until) return others;
    await wait(LOOK_EVERY_MS);
  }
}

/** The next storm begins with all doors closed. */
async function leave(): Promise<void> {
  const leaving = pool;
  pool = null;
  await leaving?.end();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
