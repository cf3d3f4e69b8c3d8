import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwakeDatabase, Database, Session } from './database.ts';
import { statement } from './fixtures/test-database.ts';
import { LocalPostgres } from './local-postgres.ts';
import { PGliteDatabase } from './pglite-database.ts';
import { findPostgres } from './postgres-binaries.ts';
import type { Batch } from './statement.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'store-')));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const DATABASES: Record<string, () => Promise<Database>> = {
  Postgres: async () => new LocalPostgres(folder, await findPostgres(process.cwd())),
  PGlite: () => Promise.resolve(new PGliteDatabase(folder, 'tried')),
};

describe.for(Object.entries(DATABASES))('a session of %s', ([, find]) => {
  let awake: AwakeDatabase;
  let session: Session;
  const rows = async (text: string, ...values: unknown[]) =>
    (await session.run(statement(text, ...values)))[0]?.rows;
  const inTransaction = (
    texts: readonly string[],
    mode: Partial<NonNullable<Batch['transaction']>> = {},
  ) =>
    session.run({
      statements: texts.map((text) => ({ text, values: [] })),
      transaction: { isolation: null, readOnly: false, deferrable: false, ...mode },
    });

  beforeAll(async () => {
    awake = await (await find()).wake();
    session = await awake.open();
    await session.script('create table kept (n int primary key, note text)');
  });
  afterAll(async () => {
    await session.close();
    await awake.stop();
  });

  test('answers the text that Postgres wrote, whatever the type', async () => {
    const text = `select $1::int4, 'NaN'::float8, 9007199254740993::int8, 1.10::numeric, array['a', null, 'b"c\\\\d'],
      '\\xdead'::bytea, timestamptz '2026-11-30 08:00:00.5+02', '{"a": 1}'::json, true, null`;
    expect(await rows(text, '41')).toEqual([
      [
        '41',
        'NaN',
        '9007199254740993',
        '1.10',
        '{a,NULL,"b\\"c\\\\\\\\d"}',
        '\\xdead',
        '2026-11-30 06:00:00.5+00',
        '{"a": 1}',
        't',
        null,
      ],
    ]);
  });

  test('says how many rows were changed, and which columns there are', async () => {
    const [made] = await session.run(
      statement(`insert into kept values (1, 'a'), (2, 'b') returning n`),
    );
    expect(made).toMatchObject({
      command: 'INSERT',
      rowCount: 2,
      fields: [{ name: 'n', dataTypeID: 23 }],
    });
  });

  test('SQL in a value stays text', async () => {
    const evil = `'); drop table kept; --`;
    expect(await rows('select $1::text', evil)).toEqual([[evil]]);
    expect(await rows('select count(*) from kept')).toEqual([['2']]);
  });

  test('a text holds one statement', async () => {
    await expect(session.run(statement('select 1; drop table kept'))).rejects.toMatchObject({
      code: '42601',
    });
  });

  test('an error says what Postgres says, and the next statement is answered', async () => {
    await expect(
      session.run(statement(`insert into kept values (1, 'again')`)),
    ).rejects.toMatchObject({
      code: '23505',
      constraint: 'kept_pkey',
      table: 'kept',
    });
    expect(await rows('select 1')).toEqual([['1']]);
  });

  test('a transaction is done whole or not at all', async () => {
    const broken = inTransaction([`insert into kept values (3, 'c')`, 'select 1/0']);
    await expect(broken).rejects.toMatchObject({ code: '22012' });
    expect(await rows('select count(*) from kept')).toEqual([['2']]);
    const whole = await inTransaction([
      `insert into kept values (3, 'c')`,
      'select count(*) from kept',
    ]);
    expect(whole[1]?.rows).toEqual([['3']]);
  });

  test('a transaction has the isolation that was asked for, and may be one that only reads', async () => {
    const shown = await inTransaction(
      ['show transaction_isolation', 'show transaction_read_only'],
      {
        isolation: 'SERIALIZABLE',
        readOnly: true,
      },
    );
    expect(shown.map((one) => one.rows)).toEqual([[['serializable']], [['on']]]);
    const writes = inTransaction([`insert into kept values (9, 'x')`], { readOnly: true });
    await expect(writes).rejects.toMatchObject({ code: '25006' });
  });

  test('nothing is left behind: settings, temporary tables, locks, transactions', async () => {
    await session.run(statement(`set search_path to nowhere`));
    expect(await rows('select count(*) from kept')).toEqual([['3']]);
    await session.run(statement('create temporary table mine (n int)'));
    await expect(session.run(statement('select * from mine'))).rejects.toMatchObject({
      code: '42P01',
    });
    await session.run(statement('select pg_advisory_lock(7)'));
    expect(await rows(`select count(*) from pg_locks where locktype = 'advisory'`)).toEqual([
      ['0'],
    ]);
  });

  test('a transaction that one call begins does not reach into the next, and it says so', async () => {
    await expect(session.run(statement('begin'))).rejects.toThrow(/Send all of it at once/);
    await session.run(statement(`insert into kept values (4, 'd')`));
    await expect(session.run(statement('rollback'))).resolves.toBeDefined();
    expect(await rows('select count(*) from kept')).toEqual([['4']]);
  });
});
