/** What a read of the guestbook takes, and what that is made of. */

import { fork } from 'node:child_process';
import { join } from 'node:path';
import type pg from 'pg';
import { MOUNTS, PLACE_FILE } from '../../faas/api.ts';
import { startSiteless } from '../../faas/local/siteless-platform.ts';
import { LocalPostgres } from '../../faas/resources/store/local-postgres.ts';
import { findPostgres } from '../../faas/resources/store/postgres-binaries.ts';

/** The statement of `GET /api/guestbook`. */
export const READ =
  'select id, name, text, picture, at from guestbook order by at desc, id limit 20';
const ENTRIES = 20;

/** What is measured, as the table names it. */
export const READS = {
  pg: 'the query, by pg',
  exchange: 'the gateway, by itself',
  sql: 'the query, by /sql',
  call: 'a call that asks nothing',
  guestbook: 'a read of the guestbook',
} as const;

/** A request, or the query by `pg`. */
export type ReadWay =
  | 'pg'
  | {
      readonly url: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** What the process that measures is told. */
export interface ReadLoad {
  readonly ways: Readonly<Record<string, ReadWay>>;
  readonly database: pg.ClientConfig;
  readonly query: string;
  /** In each round, of each kind. Integer ≥ 1. */
  readonly reads: number;
  /** Integer ≥ 1. */
  readonly rounds: number;
}

/** Mean time of a read, by what it is, one for each round. In ms. */
export type ReadTimes = Readonly<Record<string, readonly number[]>>;

/** Each way in turn, so that other work on the machine meets all alike. @returns least times, in ms */
export async function measureReads(
  dataFolder: string,
  { reads, rounds }: Pick<ReadLoad, 'reads' | 'rounds'>,
): Promise<Readonly<Record<string, number>>> {
  const platform = await startSiteless({
    root: process.cwd(),
    dataFolder,
    env: { FAAS_STORE_IDLE_MS: 'unlimited', FAAS_IDLE_TIMEOUT_MS: 'unlimited' },
  });
  await platform.local.prepareResources();
  const origin = platform.origin.replace('localhost', '127.0.0.1');
  for (let n = 0; n < ENTRIES; n += 1) {
    const body = JSON.stringify({ name: 'Ada', text: `Entry ${n}` });
    const answer = await fetch(`${origin}/api/guestbook`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`Expected an entry, and got ${answer.status}.`);
  }
  const get = (path: string) => ({ url: origin + path, method: 'GET', headers: {}, body: '' });
  const headers = {
    'neon-connection-string': `postgresql://bench:${platform.token}@127.0.0.1/course`,
    'neon-raw-text-output': 'true',
    'neon-array-mode': 'true',
  };
  const body = JSON.stringify({ query: READ, params: [] });
  const times = await readElsewhere({
    ways: {
      [READS.pg]: 'pg',
      [READS.exchange]: get(`/${PLACE_FILE}`),
      [READS.sql]: { url: origin + MOUNTS.sql, method: 'POST', headers, body },
      [READS.call]: get('/api/bare'),
      [READS.guestbook]: get('/api/guestbook'),
    },
    database: await addressOf(dataFolder),
    query: READ,
    reads,
    rounds,
  });
  await platform.stop(1_000);
  // Other work on the machine can only add to a round.
  return Object.fromEntries(Object.entries(times).map(([what, all]) => [what, Math.min(...all)]));
}

/** @throws when the process ends without figures */
function readElsewhere(load: ReadLoad): Promise<ReadTimes> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'read-client.ts'), [], { execArgv: [] });
    child.once('message', (times: ReadTimes) => resolve(times));
    child.once('exit', () => reject(new Error('The process that reads ended without figures.')));
    child.send(load);
  });
}

async function addressOf(dataFolder: string): Promise<pg.ClientConfig> {
  const postgres = new LocalPostgres(join(dataFolder, 'store'), await findPostgres(process.cwd()));
  const { address } = await postgres.wake();
  if (address === null) throw new Error('Expected a Postgres that can be connected to.');
  return address;
}

/**
 * What a read of the guestbook is made of, in ms. Each part is what one way takes more than another, so
 * that together they are the whole.
 */
export function partsOfRead(
  leastMs: Readonly<Record<string, number>>,
): [part: string, ms: number][] {
  const { pg, exchange, sql, call, guestbook } = READS;
  const of = (way: string): number => leastMs[way] ?? NaN;
  return [
    ['to the gateway and back', of(exchange)],
    ['from there to an instance and back', of(call) - of(exchange)],
    ['the query, by pg', of(pg)],
    ['what /sql does around it', of(sql) - of(exchange) - of(pg)],
    [
      'the function’s own request, and its JSON',
      of(guestbook) - of(call) - (of(sql) - of(exchange)),
    ],
  ];
}
