import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SmallDatabase } from './small-database.ts';

// What the lab's database answers is what Postgres answers, for each statement that the lab knows.

let postgres: PGlite;
let small: SmallDatabase;

beforeAll(async () => {
  postgres = await PGlite.create();
}, 120_000);

afterAll(() => postgres.close());

beforeEach(async () => {
  small = new SmallDatabase();
  await postgres.exec(`drop table if exists entries; drop table if exists book;
    create table book (posts int not null);
    create table entries (id text primary key, owner text not null, text text not null);
    insert into book values (0)`);
});

type Told = { readonly value: unknown } | { readonly code: string };

/** As `pg` does it: a text without values may be several statements. */
async function ofPostgres(text: string, values: unknown[]): Promise<Told> {
  try {
    if (values.length > 0) return { value: (await postgres.query(text, values)).rows };
    return { value: (await postgres.exec(text)).at(-1)?.rows ?? [] };
  } catch (error) {
    return { code: (error as { code: string }).code };
  }
}

function ofSmall(text: string, values: unknown[]): Told {
  const answer = small.answer('sql', [text, values]);
  return 'value' in answer ? answer : { code: answer.code ?? '' };
}

async function same(text: string, values: unknown[] = []): Promise<Told> {
  const [came, expected] = [ofSmall(text, values), await ofPostgres(text, values)];
  expect(came, text).toEqual(expected);
  return came;
}

const INSERT = 'insert into entries (id, owner, text) values ($1, $2, $3)';
const ONCE = `with fresh as (${INSERT} on conflict (id) do nothing returning id)
  update book set posts = posts + (select count(*) from fresh) returning posts`;
const NOT_TWICE = ONCE.replace('on conflict (id) do nothing ', '');
const OWN_NAME = ONCE.replaceAll('fresh', 'written_now');
const ADA = ['a1', 'ada', 'hello'];

test('each statement answers what Postgres answers, with its row there and without', async () => {
  const all: [string, unknown[]][] = [
    ['select posts from book', []],
    ['update book set posts = $1', [6]],
    ['update book set posts = posts + 1', []],
    ['UPDATE book SET posts = posts+1 RETURNING posts;', []],
    ['select id from entries where id = $1', ['a1']],
    [INSERT, ADA],
    [INSERT, ADA],
    [`${INSERT} on conflict (id) do nothing`, ADA],
    [`${INSERT} on conflict (id) do nothing returning id`, ADA],
    [`${INSERT} on conflict (id) do nothing returning id`, ['b1', 'bea', 'hi']],
    [ONCE, ADA],
    [ONCE, ['c1', 'ada', 'more']],
    [OWN_NAME, ['d1', 'ada', 'again']],
    [NOT_TWICE, ['e1', 'ada', 'new']],
    [NOT_TWICE, ['e1', 'ada', 'new']],
    ['select count(*)::int as posts from entries', []],
    ['select id from entries where id = $1', ['a1']],
    ['select owner from entries where id = $1', ['b1']],
    ['update entries set text = $1 where id = $2 returning id', ['x', 'a1']],
    ['update entries set text = $1 where id = $2 and owner = $3 returning id', ['y', 'a1', 'bea']],
    ['update entries set text = $1 where id = $2 and owner = $3 returning id', ['y', 'b1', 'bea']],
    ['select posts from book -- and no more', []],
  ];
  for (const [text, values] of all) await same(text, values);
  const { rows } = await postgres.query('select id, owner, text from entries order by id');
  expect(small.entries).toEqual(rows);
});

test('a text that is pasted in is read as SQL', async () => {
  const pasted = (text: string): string =>
    `insert into entries (id, owner, text) values ('a1', 'ada', '${text}')`;
  await same(pasted("it''s"));
  expect(await same(pasted("it's"))).toEqual({ code: '42601' });
  await same(pasted("bye'); drop table entries; --").replace('a1', 'a2'));
  expect(await same('select id from entries where id = $1', ['a1'])).toEqual({ code: '42P01' });
  expect(small.entries).toBeNull();
});

test('several statements in one text are done all or none, and take no values', async () => {
  const one = `insert into entries (id, owner, text) values ('a1', 'ada', 'hello')`;
  expect(await same(`update book set posts = 5; ${one}; ${one}`)).toEqual({ code: '23505' });
  expect(await same('select posts from book')).toEqual({ value: [{ posts: 0 }] });
  await same('update book set posts = $1; select posts from book', [5]);
});

test('a text with a NUL is refused', async () => {
  expect(await same(INSERT, ['a1', 'ada', '\0'])).toEqual({ code: '22021' });
});
