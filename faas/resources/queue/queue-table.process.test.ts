/** The stories of a queue, told to real tables; whatever is done, table and memory say the same. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStoryQueue } from '../../core/queue/fixtures/memory-story-queue.ts';
import { QUEUE_STORIES } from '../../core/queue/fixtures/queue-stories.ts';
import { StoryTeller, contentOf } from '../../core/queue/fixtures/queue-story.ts';
import { MAX_MESSAGE_BYTES } from '../../core/queue/queue-message.ts';
import type { AwakeDatabase, Database, Session } from '../store/database.ts';
import { statement } from '../store/fixtures/test-database.ts';
import { LocalPostgres } from '../store/local-postgres.ts';
import { readMigrations } from '../store/migration-files.ts';
import { migrate } from '../store/migrations.ts';
import { PGliteDatabase } from '../store/pglite-database.ts';
import { findPostgres } from '../store/postgres-binaries.ts';
import { tableStoryQueue } from './fixtures/table-story-queue.ts';
import { QueueTable } from './queue-table.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'queue-')));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const DATABASES: Record<string, () => Promise<Database>> = {
  Postgres: async () => new LocalPostgres(folder, await findPostgres(process.cwd())),
  PGlite: () => Promise.resolve(new PGliteDatabase(folder, 'tried')),
};

const ONE = { most: 1, visibilityS: 600, maxReceives: 3 } as const;

/** Receipts of four messages, the newest and older ones. */
const receipt = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 3 }))
  .map(([name, receives]) => `${name}#${receives}`);
const step = fc.oneof(
  fc.constantFrom('send a key=k', 'send b key=k', 'send c', 'send d key=l delay=10'),
  fc.constantFrom('take', 'take', 'take 1', 'set-aside', 'dead', 'due'),
  fc.constantFrom('wait 10', 'wait 20', 'wait 30'),
  receipt.map((named) => `done ${named}`),
  fc
    .tuple(receipt, receipt, fc.constantFrom(0, 10, 50))
    .map(([one, other, after]) => `give-up ${one} ${other} after ${after}`),
);

describe.for(Object.entries(DATABASES))('a queue in a table of %s', ([, find]) => {
  let awake: AwakeDatabase;
  let session: Session;
  let queues = 0;
  const ownQueue = (): string => `q${(queues += 1)}`;

  beforeAll(async () => {
    awake = await (await find()).wake();
    session = await awake.open();
    await migrate(session, readMigrations(process.cwd()));
  });
  afterAll(async () => {
    await session.close();
    await awake.stop();
  });

  test.for(QUEUE_STORIES)('$title', async ({ steps }) => {
    const teller = new StoryTeller(tableStoryQueue(session, ownQueue()));
    const told: (readonly [string, string])[] = [];
    for (const [words] of steps) told.push([words, await teller.tell(words)]);
    expect(told).toEqual(steps);
  });

  test('whatever is done, it says what the queue in memory says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const table = new StoryTeller(tableStoryQueue(session, ownQueue()));
        const memory = new StoryTeller(memoryStoryQueue());
        for (const words of steps) {
          expect([words, await table.tell(words)]).toEqual([words, await memory.tell(words)]);
        }
      }),
      { numRuns: 10 },
    );
  });

  test('a message comes back as it was sent', async () => {
    const table = new QueueTable(ownQueue(), (batch) => session.run(batch));
    const sent = {
      ...contentOf('a', 'key "1", é'),
      data: { text: "'); drop table messages; --", zero: '\0', list: [1, null, { é: 0.1 }] },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    await table.send(sent);
    const { taken } = await table.take({ most: 1, visibilityS: 30, maxReceives: 3 });
    expect(taken[0]).toMatchObject({ ...sent, receives: 1 });
    expect(Math.abs((taken[0]?.sentAtMs ?? 0) - Date.now())).toBeLessThan(3_600_000);
  });

  test('a message that is too large is refused by the table itself', async () => {
    const table = new QueueTable(ownQueue(), (batch) => session.run(batch));
    const most = 'x'.repeat(MAX_MESSAGE_BYTES - 2);
    expect(await table.send({ ...contentOf('a'), data: most })).not.toBeNull();
    const larger = table.send({ ...contentOf('b'), data: `${most}x` });
    await expect(larger).rejects.toMatchObject({ code: '23514' });
  });

  test('of a long queue the oldest are counted, and it is looked at again in a second', async () => {
    const name = ownQueue();
    const table = new QueueTable(name, (batch) => session.run(batch));
    await session.run(
      statement(
        `insert into messages (queue, id, source, type, key, data, visible_at)
        select $1, n::text, '/s', 't', case when n % 2 = 0 then 'k' end, '{}',
          clock_timestamp() + interval '600 s' from generate_series(1, 10100) as n`,
        name,
      ),
    );
    expect(await table.counts()).toEqual({ live: 10_000, dead: 0, dueInS: 1 });
    expect(await table.takeOnly(ONE)).toEqual([]);
    await session.run(statement('delete from messages where queue = $1', name));
  });

  test('the same id from two sources, or in two queues, is two messages', async () => {
    const [one, other] = [ownQueue(), ownQueue()].map(
      (name) => new QueueTable(name, (batch) => session.run(batch)),
    );
    expect(await one?.send(contentOf('a'))).not.toBeNull();
    expect(await other?.send(contentOf('a'))).not.toBeNull();
    expect(await one?.send({ ...contentOf('a'), source: '/api/other' })).not.toBeNull();
    expect(await one?.send(contentOf('a'))).toBeNull();
  });
});

describe('order per key, for consumers with a connection each', () => {
  const KEYS = ['a', 'b', 'c', 'd', 'e'];
  const MESSAGES = 60;
  let awake: AwakeDatabase;
  let sessions: Session[];
  beforeAll(async () => {
    awake = await new LocalPostgres(join(folder, 'four'), await findPostgres(process.cwd())).wake();
    sessions = await Promise.all(KEYS.slice(1).map(() => awake.open()));
    await migrate(sessions[0] as Session, readMigrations(process.cwd()));
  });
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()));
    await awake.stop();
  });
  const tablesOf = (name: string): QueueTable[] =>
    sessions.map((session) => new QueueTable(name, (batch) => session.run(batch)));

  test('is kept by four, though one head in ten fails once, and nothing is received twice', async () => {
    const tables = tablesOf('ordered');
    for (let n = 0; n < MESSAGES; n += 1) {
      await tables[0]?.send(contentOf(`m${n}`, KEYS[n % KEYS.length]));
    }
    const effects: { key: string | null; number: number }[] = [];
    const consume = async (table: QueueTable): Promise<void> => {
      while (effects.length < MESSAGES) {
        for (const message of await table.takeOnly({ ...ONE, maxReceives: 9 })) {
          const { key, number, receives } = message;
          if (number % 10 === 0 && receives === 1) await table.giveUp([message], [0]);
          else {
            effects.push({ key, number });
            await table.done([message]);
          }
        }
      }
    };
    await Promise.all(tables.map(consume));
    expect(new Set(effects.map(({ number }) => number)).size).toBe(MESSAGES);
    for (const key of KEYS) {
      const numbers = effects.flatMap((effect) => (effect.key === key ? effect.number : []));
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    }
  });

  test('is broken by SKIP LOCKED alone: the second is handed out before the first is done', async () => {
    // The statement of the migration without its condition on the key.
    const alone = statement(
      `update messages set receives = receives + 1, visible_at = clock_timestamp() + interval '600 s'
      where number = (select number from messages where queue = $1 and visible_at <= clock_timestamp()
        order by number limit 1 for update skip locked)
      returning type`,
      'by-lock-alone',
    );
    const [one, other] = tablesOf('by-lock-alone');
    await one?.send(contentOf('first', 'k'));
    await one?.send(contentOf('second', 'k'));
    const taken = await Promise.all(sessions.slice(0, 2).map((session) => session.run(alone)));
    expect(taken.map(([rows]) => rows?.rows[0]?.[0]).sort()).toEqual(['first', 'second']);
    const [kept] = tablesOf('kept');
    await kept?.send(contentOf('first', 'k'));
    await kept?.send(contentOf('second', 'k'));
    expect((await kept?.takeOnly({ ...ONE, most: 2 }))?.map(({ type }) => type)).toEqual(['first']);
    expect(await other?.counts()).toMatchObject({ live: 2 });
  });
});
