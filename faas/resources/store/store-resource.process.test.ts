/** `/sql` as functions and Neon's driver meet it: who may ask, what comes back, and what is said when nothing does. */

import { neon, neonConfig } from '@neondatabase/serverless';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MOUNTS, SERVER_TIMING } from '../../api.ts';
import { Project } from '../../../test/gateway/fixtures/project.ts';
import { startOwnPlatform, type OwnPlatform } from './fixtures/own-platform.ts';
import { ownPostgres } from './fixtures/test-database.ts';
import { Watcher } from '../../../test/gateway/fixtures/watcher.ts';

let platform: OwnPlatform;
beforeAll(async () => {
  platform = await startOwnPlatform();
});
afterAll(() => platform.stop());

const ask = (password: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  platform.call(MOUNTS.sql, {
    method: 'POST',
    headers: { 'neon-connection-string': `postgresql://me:${password}@localhost/course` },
    body: JSON.stringify(body),
    ...init,
  });

describe('by Neon’s driver', () => {
  const sqlOf = () => {
    neonConfig.fetchEndpoint = `${platform.origin}${MOUNTS.sql}`;
    return neon(`postgresql://me:${platform.token}@localhost/course`);
  };

  test('every type comes back as the value that it is in production', async () => {
    const sql = sqlOf();
    const [row] = await sql`select
      ${41}::int + 1 as n, ${'9007199254740993'}::int8 as big, 'NaN'::float8 as nan, 1.10::numeric as exact,
      array['a', null, 'b "c" \\ {d}'] as list, array[[1, 2], [3, 4]] as grid,
      ${Buffer.from([0xde, 0xad])}::bytea as bytes, ${{ a: [1] }}::jsonb as json, null as nothing,
      timestamptz '2026-11-30 08:00:00.5+02' as at, ${true}::bool as yes, ${['x', 'y']}::text[] as given`;
    expect(row).toEqual({
      n: 42,
      big: '9007199254740993',
      nan: NaN,
      exact: '1.10',
      list: ['a', null, 'b "c" \\ {d}'],
      grid: [
        [1, 2],
        [3, 4],
      ],
      bytes: Buffer.from([0xde, 0xad]),
      json: { a: [1] },
      nothing: null,
      at: new Date('2026-11-30T06:00:00.500Z'),
      yes: true,
      given: ['x', 'y'],
    });
  });

  test('a transaction is one, with its isolation', async () => {
    const sql = sqlOf();
    const [level, ids] = await sql.transaction(
      [
        sql`show transaction_isolation`,
        sql`select pg_current_xact_id()::text as id, pg_current_xact_id()::text as same`,
      ],
      { isolationLevel: 'RepeatableRead' },
    );
    expect(level).toEqual([{ transaction_isolation: 'repeatable read' }]);
    expect(ids?.[0]?.['id']).toBe(ids?.[0]?.['same']);
    const writes = sql.transaction([sql`create table never (n int)`], { readOnly: true });
    await expect(writes).rejects.toMatchObject({ code: '25006' });
  });

  test('an error is Postgres’s own', async () => {
    const sql = sqlOf();
    await expect(sql`select 1/0`).rejects.toMatchObject({
      message: 'division by zero',
      code: '22012',
      severity: 'ERROR',
    });
  });
});

test('plain JSON is answered in values of JSON', async () => {
  const answer = await ask(platform.token, {
    query: 'select 1 as n, $1::text as t',
    params: ['x'],
  });
  expect(await answer.json()).toMatchObject({
    rows: [{ n: 1, t: 'x' }],
    rowCount: 1,
    command: 'SELECT',
  });
});

test.for(['guess', ''])('who has no token, but "%s", is refused', async (password) => {
  const answer = await ask(password, { query: 'select 1' });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({
    code: 'not-granted',
    detail: expect.stringMatching(/token/),
  });
});

test('what is no statement is refused with what was expected', async () => {
  expect((await ask(platform.token, { queries: [] })).status).toBe(400);
  const got = await platform.call(MOUNTS.sql);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
});

test('the first call says how long the database took to start, and the trace shows it', async () => {
  const own = await startOwnPlatform();
  onTestFinished(() => own.stop());
  const watcher = await Watcher.open(own.origin);
  const first = await own.call('/api/guestbook');
  const second = await own.call('/api/guestbook');
  expect(first.headers.get(SERVER_TIMING)).toMatch(/handler;dur=[\d.]+, store;dur=[\d.]+/);
  expect(second.headers.get(SERVER_TIMING)).not.toMatch(/store/);
  const { events } = watcher;
  await watcher.until(() => watcher.of('request.done').length >= 4);
  await watcher.close();
  const call = events.find(
    ({ type, subject }) => type === 'request.queued' && subject.kind === 'function',
  );
  const statement = events.find(
    ({ type, subject }) => type === 'request.queued' && subject.kind === 'store',
  );
  expect(statement).toMatchObject({
    method: 'SQL',
    url: expect.stringMatching(/^select id, name, text, picture, at from guestbook/),
    trace: (call as { trace: string }).trace,
    parent: (call as { span: string }).span,
  });
  const ofStore = events.filter(({ subject }) => subject.kind === 'store').map(({ type }) => type);
  expect(ofStore.slice(0, 5)).toEqual([
    'request.queued',
    'instance.starting',
    'instance.ready',
    'request.started',
    'request.done',
  ]);
  expect(await own.store()).toMatchObject({
    state: 'idle',
    about: {
      engine: expect.stringMatching(/^PostgreSQL \d/),
      why: null,
      connections: 1,
      served: 2,
    },
  });
});

describe('a project of its own', () => {
  const start = async (
    project: Project,
    env: Record<string, string> = {},
  ): Promise<OwnPlatform> => {
    const own = await startOwnPlatform(env, project.root);
    onTestFinished(async () => {
      await own.stop();
      project.remove();
    });
    return own;
  };

  test('refuses a function without the grant, and names the line that gives it', async () => {
    const project = new Project();
    const grants = { '/api/storm': ['store'] };
    writeFileSync(join(project.root, 'api/_platform.json'), JSON.stringify({ grants }));
    const own = await start(project);
    const answer = await own.call('/api/guestbook');
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { detail: string }).detail).toContain(
      '"grants": { "/api/guestbook": ["store"] }',
    );
    // Statements by /sql are no connections of its own.
    const storm = await own.call('/api/storm?how=lazy');
    expect(((await storm.json()) as { detail: string }).detail).toMatch(/"store:direct"/);
  });

  test('takes the database that DATABASE_URL names, and no function sees the address', async () => {
    const elsewhere = await (await ownPostgres()).wake();
    onTestFinished(() => elsewhere.stop());
    const { user, password, host, port, database } = elsewhere.address ?? {};
    const project = new Project();
    project.write(
      '.env',
      `DATABASE_URL=postgresql://${user}:${password}@${host}:${port}/${database}\n`,
    );
    project.write(
      'api/environment.ts',
      '/** Its environment. */\nexport default { fetch: () => Response.json(process.env) };\n',
    );
    const own = await start(project);
    const body = JSON.stringify({ name: 'Ada', text: 'elsewhere' });
    expect((await own.call('/api/guestbook', { method: 'POST', body })).status).toBe(201);
    expect(await own.store()).toMatchObject({
      about: { engine: 'PostgreSQL at DATABASE_URL', where: `${host}:${port}/${database}` },
    });
    const environment = await (await own.call('/api/environment')).text();
    expect(environment).not.toContain(String(password));
  });

  test('says 503, when to try again and what to do while the database is away, and the platform lives', async () => {
    const postgres = await ownPostgres();
    const elsewhere = await postgres.wake();
    const { user, password, host, port, database } = elsewhere.address ?? {};
    await elsewhere.stop();
    const project = new Project();
    project.write(
      '.env',
      `DATABASE_URL=postgresql://${user}:${password}@${host}:${port}/${database}\n`,
    );
    const own = await start(project);
    const away = await own.call('/api/guestbook');
    expect([
      away.status,
      away.headers.get('retry-after'),
      away.headers.get('content-type'),
    ]).toEqual([503, '1', 'application/problem+json']);
    expect(((await away.json()) as { detail: string }).detail).toMatch(
      /does not answer \(ECONNREFUSED/,
    );
    expect((await own.call('/api/hello')).status).toBe(200);
  });

  test('says so when nobody answers at the port', async () => {
    const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const project = new Project();
    project.write('.env', `DATABASE_URL=postgresql://a:b@127.0.0.1:${port}/c\n`);
    const own = await start(project);
    expect((await own.call('/api/guestbook')).status).toBe(503);
  });

  test('calls a DATABASE_URL that is none by its name', async () => {
    const project = new Project();
    project.write('.env', 'DATABASE_URL=mysql://a:b@127.0.0.1/c\n');
    const own = await start(project);
    const answer = await own.call('/api/guestbook');
    expect(answer.status).toBe(503);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(
      /DATABASE_URL is no address of a Postgres/,
    );
  });
});
