import { expect, test } from 'vitest';
import type { FavorResult } from '../../drivers/web-worker/messages.ts';
import { StoreUnavailable } from '../store/store-failure.ts';
import type { Batch, Rows } from '../store/statement.ts';
import { TAB_SQL } from './tab-endpoint.ts';
import { answerTabSql } from './tab-sql.ts';

const ROWS: Rows = { command: 'SELECT', rowCount: 1, fields: [], rows: [[]] };
const QUERY = { query: 'select $1', params: ['Ada'] };

async function ask(
  run: (batch: Batch) => Promise<readonly Rows[]>,
  body: unknown = QUERY,
): Promise<{ status: number; said: Record<string, unknown> }> {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = answerTabSql(run)({
    kind: 'fetch',
    url: TAB_SQL,
    method: 'POST',
    headers: [],
    body: bytes,
  });
  const result: FavorResult = (await answer) ?? { refused: 'nothing' };
  if (!('status' in result)) throw new Error(JSON.stringify(result));
  const said = JSON.parse(new TextDecoder().decode(result.body)) as Record<string, unknown>;
  return { status: result.status, said };
}

test('a statement is run as it was asked, values apart', async () => {
  const ran: Batch[] = [];
  const { status, said } = await ask((batch) => {
    ran.push(batch);
    return Promise.resolve([ROWS]);
  });
  expect([status, said['command']]).toEqual([200, 'SELECT']);
  expect(ran).toEqual([
    { statements: [{ text: 'select $1', values: ['Ada'] }], transaction: null },
  ]);
});

test('every other address is not the database’s', () => {
  const other = { kind: 'fetch', method: 'POST', headers: [], body: null } as const;
  const answer = answerTabSql(() => Promise.resolve([]));
  expect(answer({ ...other, url: `${TAB_SQL}?` })).toBeNull();
  expect(answer({ ...other, url: 'https://example.org/sql' })).toBeNull();
});

test('what Postgres says of a statement is a 400 with its code', async () => {
  const error = Object.assign(new Error('no such table'), { code: '42P01' });
  const { status, said } = await ask(() => Promise.reject(error));
  expect([status, said]).toMatchObject([400, { message: 'no such table', code: '42P01' }]);
});

test('a body that is no statement is a 400, and runs nothing', async () => {
  const run = (): Promise<never> => Promise.reject(new Error('it was run'));
  expect(await ask(run, 'select 1')).toMatchObject({ status: 400 });
  expect(await ask(run, { query: 1 })).toMatchObject({ status: 400 });
});

test('a database that cannot be had is a 503 that says what to do', async () => {
  const { status, said } = await ask(() =>
    Promise.reject(new StoreUnavailable('Close the tabs.', 3)),
  );
  expect([status, said]).toMatchObject([
    503,
    { code: 'store-unavailable', detail: 'Close the tabs.', retryAfterS: 3 },
  ]);
});
