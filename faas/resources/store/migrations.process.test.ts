import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AwakeDatabase, Session } from './database.ts';
import { ownPostgres, statement } from './fixtures/test-database.ts';
import { readMigrations } from './migration-files.ts';
import { migrate, MIGRATIONS_FOLDER, migrationStates } from './migrations.ts';

interface Own {
  readonly session: Session;
  readonly again: Session;
  write(name: string, text: string): void;
  remove(name: string): void;
  apply(by?: Session): Promise<string[]>;
}

const root = realpathSync(mkdtempSync(join(tmpdir(), 'migrations-')));
const folder = join(root, MIGRATIONS_FOLDER);
let awake: AwakeDatabase;
let own: Own;

beforeAll(async () => {
  awake = await (await ownPostgres(root)).wake();
  const session = await awake.open();
  own = {
    session,
    again: await awake.open(),
    write: (name, text) => writeFileSync(join(folder, name), text),
    remove: (name) => rmSync(join(folder, name)),
    apply: (by = session) => migrate(by, readMigrations(root)),
  };
});
afterAll(async () => {
  await own.session.close();
  await own.again.close();
  await awake.stop();
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  await own.session.script('drop schema public cascade; create schema public');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  own.write('0001-book.sql', 'create table book (n int);\ninsert into book values (1);\n');
});

const count = async (): Promise<string | null | undefined> =>
  (await own.session.run(statement('select count(*) from book')))[0]?.rows[0]?.[0];

test('files are applied in their order, each once', async () => {
  own.write('0002-more.sql', 'insert into book values (2);');
  expect(await own.apply()).toEqual(['0001-book.sql', '0002-more.sql']);
  expect(await own.apply()).toEqual([]);
  own.write('0003-most.sql', 'insert into book values (3);');
  expect(await own.apply()).toEqual(['0003-most.sql']);
  expect(await count()).toBe('3');
});

test('two who apply them at once apply each once', async () => {
  const applied = await Promise.all([own.apply(own.session), own.apply(own.again)]);
  expect(applied.flat()).toEqual(['0001-book.sql']);
  expect(await count()).toBe('1');
});

test('a file that is refused leaves nothing behind, and is named with what Postgres says', async () => {
  await own.apply();
  own.write('0002-wrong.sql', 'insert into book values (2); insert into nowhere values (1);');
  await expect(own.apply()).rejects.toThrow(
    /0002-wrong\.sql was refused: relation "nowhere" does not exist\. Correct the file/,
  );
  expect(await count()).toBe('1');
  own.write('0002-wrong.sql', 'insert into book values (2);');
  expect(await own.apply()).toEqual(['0002-wrong.sql']);
});

test('a file that was changed after it was applied is refused, but for the ends of its lines', async () => {
  await own.apply();
  own.write('0001-book.sql', 'create table book (n int);\r\ninsert into book values (1);\r\n');
  expect(await own.apply()).toEqual([]);
  own.write('0001-book.sql', 'create table book (n bigint);');
  await expect(own.apply()).rejects.toThrow(/0001-book\.sql was changed after it was applied/);
});

test('a file that would come before an applied one, or that is gone, is refused', async () => {
  own.write('0003-late.sql', 'select 1;');
  await own.apply();
  own.write('0002-early.sql', 'select 1;');
  await expect(own.apply()).rejects.toThrow(/0002-early\.sql would come before 0003-late\.sql/);
  own.remove('0002-early.sql');
  own.remove('0003-late.sql');
  await expect(own.apply()).rejects.toThrow(/0003-late\.sql is applied, and the file is gone/);
});

test('each file’s state can be told', async () => {
  await own.apply();
  const states = await migrationStates(own.session, [
    { name: '0001-book.sql', text: '', sha256: 'other' },
    { name: '0002-next.sql', text: '', sha256: '' },
  ]);
  expect(states).toMatchObject([
    {
      name: '0001-book.sql',
      appliedAt: expect.any(String),
      mistake: expect.stringMatching(/changed/),
    },
    { name: '0002-next.sql', appliedAt: null, mistake: null },
  ]);
});

test('a name that is none is told', async () => {
  own.write('next.sql', 'select 1;');
  await expect(Promise.resolve().then(() => own.apply())).rejects.toThrow(
    /next\.sql is no migration/,
  );
});
