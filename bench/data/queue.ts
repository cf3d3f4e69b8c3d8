/** What the queue costs: messages that are received and acknowledged, beside a plain loop over the same SQL. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { settle } from '../../faas/core/option.ts';
import { QUEUE_OPTIONS } from '../../faas/core/queue/queue-options.ts';
import { liveIds } from '../../faas/platform/live-ids.ts';
import { realClock } from '../../faas/platform/real-clock.ts';
import { QueueDelivery } from '../../faas/resources/queue/queue-delivery.ts';
import { QueueTable } from '../../faas/resources/queue/queue-table.ts';
import type { AwakeDatabase } from '../../faas/resources/store/database.ts';
import { LocalPostgres } from '../../faas/resources/store/local-postgres.ts';
import { readMigrations } from '../../faas/resources/store/migration-files.ts';
import { migrate } from '../../faas/resources/store/migrations.ts';
import { OneAtATime } from '../../faas/resources/store/one-at-a-time.ts';
import { findPostgres } from '../../faas/resources/store/postgres-binaries.ts';
import { table } from '../table.ts';

/** What was promised. */
const LEAST_A_SECOND = 1000;
const MOST_RATIO = 1.5;

/** Messages in a call, here and there. */
const BATCH = 10;

/** Least time of a message, received and acknowledged, in ms. */
export interface QueueFigures {
  readonly plainMs: number;
  readonly queueMs: number;
}

/** How much is measured. */
export interface QueueLoad {
  /** Messages in a round. @default 2000 */
  readonly messages?: number;
  /** @default 7 */
  readonly rounds?: number;
}

/** Measures on a database of its own, which is gone afterwards. */
export async function measureQueue({
  messages = 2000,
  rounds = 7,
}: QueueLoad = {}): Promise<QueueFigures> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-queue-')));
  const postgres = new LocalPostgres(folder, await findPostgres(process.cwd()));
  const awake = await postgres.wake();
  try {
    return await measureOn(awake, messages, rounds);
  } finally {
    await awake.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Each way in turn, so that other work on the machine meets both alike. */
async function measureOn(
  awake: AwakeDatabase,
  messages: number,
  rounds: number,
): Promise<QueueFigures> {
  const session = await awake.open();
  await migrate(session, readMigrations(process.cwd()));
  // As the store does it: one connection, one batch at a time.
  const turns = new OneAtATime();
  const queue = new QueueTable('bench', (batch) => turns.take(() => session.run(batch)));
  const client = new pg.Client(awake.address ?? {});
  await client.connect();
  const least = { plainMs: Infinity, queueMs: Infinity };
  // The first round warms.
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of ['plainMs', 'queueMs'] as const) {
      await fill(client, messages);
      const startedAt = performance.now();
      await (way === 'plainMs' ? plainLoop(client) : deliverAll(queue));
      const ms = (performance.now() - startedAt) / messages;
      if (round > 0) least[way] = Math.min(least[way], ms);
    }
  }
  await client.end();
  await session.close();
  return least;
}

async function fill(client: pg.Client, messages: number): Promise<void> {
  await client.query(
    `select queue_send('bench', gen_random_uuid()::text, '/bench', 'bench.message', null, '{"n": 1}', null, 0)
    from generate_series(1, $1::int)`,
    [messages],
  );
}

/** The same statements, and nothing around them. */
async function plainLoop(client: pg.Client): Promise<void> {
  for (;;) {
    await client.query('begin');
    await client.query(`select queue_set_aside('bench', 5)`);
    const { rows } = await client.query<{ number: string; receives: number }>(
      `select * from queue_take('bench', ${BATCH}, 30, 5)`,
    );
    await client.query('commit');
    if (rows.length === 0) return;
    await client.query('select queue_done($1::bigint[], $2::int[])', [
      rows.map(({ number }) => number),
      rows.map(({ receives }) => receives),
    ]);
  }
}

/** By the platform's own delivery, to a function that answers at once. */
async function deliverAll(queue: QueueTable): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const settings = settle('the queue', QUEUE_OPTIONS, { batch: BATCH, consumers: 1 });
  const delivery = new QueueDelivery({
    queue: {
      name: queue.name,
      take: (options) => queue.take(options),
      done: (receipts) => queue.done(receipts),
      doneAndTake: (receipts, options) => queue.doneAndTake(receipts, options),
      giveUp: (receipts, afterS) => queue.giveUp(receipts, afterS),
      burden: () => queue.burden(),
      counts: async () => {
        const counts = await queue.counts();
        if (counts.live === 0) resolve(undefined);
        return counts;
      },
    },
    route: '/api/bench',
    settings,
    clock: realClock,
    newId: liveIds(),
    random: Math.random,
    emit: () => undefined,
    call: () => Promise.resolve({ status: 200, headers: [], body: null }),
  });
  delivery.look();
  await promise;
  await delivery.stop();
}

/** Figures as a reader compares them. */
export function queueTableText({ plainMs, queueMs }: QueueFigures): string {
  const row = (what: string, ms: number, ratio: string, least: string): string[] => [
    what,
    (1000 / ms).toFixed(0),
    least,
    (ms / plainMs).toFixed(2),
    ratio,
  ];
  return table(
    ['received and acknowledged', 'messages a second', 'at least', 'ratio', 'at most'],
    [
      row('a plain loop over the same SQL', plainMs, '–', '–'),
      row('the queue’s delivery', queueMs, `${MOST_RATIO}`, `${LEAST_A_SECOND}`),
    ],
  );
}
