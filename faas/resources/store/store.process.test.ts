/** The store's life on a real Postgres: what wakes it, what puts it to sleep, what becomes of what was said. */

import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { TraceEvent } from '../../core/trace/trace.ts';
import { liveIds } from '../../platform/live-ids.ts';
import { realClock } from '../../platform/real-clock.ts';
import { ownFolder, ownPostgres, statement } from './fixtures/test-database.ts';
import { LocalPostgres } from './local-postgres.ts';
import { openPgSession, type PgSession } from './pg-session.ts';
import { findPostgres } from './postgres-binaries.ts';
import { openFolder } from './postgres-folder.ts';
import { addressAt } from './postgres-server.ts';
import { pidFile } from './postmaster-pid.ts';
import { StoreUnavailable } from './store-failure.ts';
import { Store } from './store.ts';
import { isAlive } from '../../drivers/process/is-alive.ts';

interface OwnStore {
  readonly store: Store;
  readonly events: TraceEvent[];
  rows(text: string, ...values: unknown[]): Promise<readonly (readonly (string | null)[])[]>;
}

function storeOn(postgres: LocalPostgres, idleMs = Infinity): OwnStore {
  const events: TraceEvent[] = [];
  const store = new Store({
    find: () => Promise.resolve(postgres),
    migrations: () => [],
    idleMs,
    clock: realClock,
    newId: liveIds(),
    emit: (event) => events.push(event),
  });
  onTestFinished(() => store.stop());
  const rows: OwnStore['rows'] = async (text, ...values) =>
    (await store.run(statement(text, ...values), null)).results[0]?.rows ?? [];
  return { store, events, rows };
}

const folderOf = (postgres: LocalPostgres) => {
  const folder = openFolder(postgres.where);
  if (folder === null) throw new Error('no folder');
  return folder;
};
const pidOf = ({ store }: OwnStore): number => store.life?.awake.pid ?? 0;

test('the first statement wakes it, and it sleeps when nobody asks', async () => {
  const own = storeOn(await ownPostgres(), 200);
  expect(own.store.state.name).toBe('gone');
  const { startMs } = await own.store.run(statement('select 1'), null);
  expect(startMs).toBeGreaterThan(0);
  expect((await own.store.run(statement('select 1'), null)).startMs).toBe(0);
  const pid = pidOf(own);
  await vi.waitUntil(() => own.store.state.name === 'gone');
  await vi.waitUntil(() => !isAlive(pid));
  await own.rows('select 1');
  const lives = own.events.filter(({ type }) => type.startsWith('instance.'));
  expect(lives.map(({ type }) => type)).toEqual([
    'instance.starting',
    'instance.ready',
    'instance.stopped',
    'instance.starting',
    'instance.ready',
  ]);
  expect(lives[2]).toMatchObject({
    subject: { kind: 'store', name: 'database' },
    reason: 'idle',
    served: 2,
  });
});

test('statements that come while it wakes are answered by the one that it becomes', async () => {
  const own = storeOn(await ownPostgres());
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, n) => own.rows('select $1::int', n)),
  );
  expect(answers.flat(2)).toEqual(['0', '1', '2', '3', '4']);
  expect(own.events.filter(({ type }) => type === 'instance.starting')).toHaveLength(1);
});

test('it does not sleep while somebody is connected', async () => {
  const postgres = await ownPostgres();
  const own = storeOn(postgres, 50);
  const { address, release } = await own.store.connect();
  const other = await openPgSession(address, true);
  release();
  await own.rows('select 1');
  // It looks whether anybody is there, and rests again.
  const restsAgain = () => own.store.state.name === 'idle' && own.store.state.since;
  await vi.waitUntil(restsAgain);
  const since = own.store.state.since;
  await vi.waitUntil(() => own.store.state.since > since);
  expect(own.store.state.name).toBe('idle');
  await other.close();
  await vi.waitUntil(() => own.store.state.name === 'gone');
});

test('two processes share the server that one of them has started', async () => {
  const folder = ownFolder();
  const first = storeOn(await ownPostgres(folder));
  await first.rows('create table shared (n int)');
  const second = storeOn(await ownPostgres(folder));
  expect(await second.rows('select count(*) from shared')).toEqual([['0']]);
  expect(pidOf(second)).toBe(pidOf(first));
  // The one that has started it stops it; the other wakes its own.
  await first.store.stop();
  expect(await second.rows('select count(*) from shared')).toEqual([['0']]);
  expect(pidOf(second)).not.toBe(pidOf(first));
});

test('a killed server is woken again, and nothing that was answered is lost', async () => {
  const own = storeOn(await ownPostgres());
  await own.rows('create table kept (n int)');
  for (let n = 0; n < 3; n += 1) {
    await own.rows('insert into kept values ($1)', n);
    const pid = pidOf(own);
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(() => own.store.state.name === 'gone');
    expect((await own.rows('select count(*) from kept'))[0]).toEqual([String(n + 1)]);
  }
});

/** Where the processes behind the connections can be seen. */
const onLinux = test.runIf(process.platform === 'linux');

onLinux(
  'a write that was under way when the server was killed is not tried again by itself',
  async () => {
    const own = storeOn(await ownPostgres());
    await own.rows('create table kept (n int)');
    const writing = own.rows('insert into kept select 1 from pg_sleep(3)');
    await vi.waitUntil(async () => (await activity(own)) > 0);
    process.kill(pidOf(own), 'SIGKILL');
    for (const pid of await backendsOf(pidOf(own))) process.kill(pid, 'SIGKILL');
    await expect(writing).rejects.toThrow(/done whole, or not at all/);
    expect(await own.rows('select count(*) from kept')).toEqual([['0']]);
  },
);

onLinux('a read that was under way is asked once more', async () => {
  const own = storeOn(await ownPostgres());
  await own.rows('create table kept (n int)');
  const reading = own.rows('select 7 from pg_sleep(1)');
  await vi.waitUntil(async () => (await activity(own)) > 0);
  for (const pid of await backendsOf(pidOf(own))) process.kill(pid, 'SIGKILL');
  expect(await reading).toEqual([['7']]);
});

test('the file of a server that is gone is in nobody’s way, even where another program has its number', async () => {
  const postgres = await ownPostgres();
  const own = storeOn(postgres);
  await own.rows('create table kept (n int)');
  await own.store.stop();
  const folder = folderOf(postgres);
  // This very process is alive, and no Postgres.
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  writeFileSync(pidFile(folder), `${process.pid}\n${folder.data}\n1\n${port}\n\n127.0.0.1\n`);
  const again = storeOn(postgres);
  expect(await again.rows('select count(*) from kept')).toEqual([['0']]);
});

test('a folder that was never completed is no database', async () => {
  const postgres = new LocalPostgres(ownFolder(), await findPostgres(process.cwd()));
  const broken = `${postgres.where}.new-999999999`;
  mkdirSync(join(broken, 'data'), { recursive: true });
  await postgres.prepare();
  const own = storeOn(postgres);
  expect(await own.rows('select 1')).toEqual([['1']]);
  expect(existsSync(broken)).toBe(false);
});

test('who has not the password does not come in, and there is no socket beside the port', async () => {
  const postgres = await ownPostgres();
  const own = storeOn(postgres);
  await own.rows('select 1');
  const folder = folderOf(postgres);
  const [, , , port, socket] = readFileSync(pidFile(folder), 'utf8').split('\n');
  expect(socket).toBe('');
  const wrong = { ...addressAt(Number(port), folder), password: 'guess' };
  await expect(openPgSession(wrong, true)).rejects.toMatchObject({ code: '28P01' });
});

test('functions are no superusers: they read no file and start no program', async () => {
  const own = storeOn(await ownPostgres());
  await expect(own.rows(`select pg_read_file('/etc/hostname')`)).rejects.toMatchObject({
    code: '42501',
  });
  await own.rows('create table kept (n int)');
  await expect(own.rows(`copy kept from program 'true'`)).rejects.toMatchObject({ code: '42501' });
});

test('a statement that takes too long is ended, and the next is answered', async () => {
  const own = storeOn(await ownPostgres());
  const slow = own.rows('select pg_sleep(60)');
  await expect(slow).rejects.toThrow(StoreUnavailable);
  await expect(slow).rejects.toThrow(/longer than it may/);
  expect(await own.rows('select 1')).toEqual([['1']]);
});

test('with all doors taken it says so, and what to do', async () => {
  const own = storeOn(await ownPostgres());
  const { address, release } = await own.store.connect();
  onTestFinished(release);
  // The store's own connection is lost while others have taken all.
  const others: PgSession[] = [];
  for (;;) {
    const opened = await openPgSession(address, true).catch((error: unknown) => error);
    if (opened instanceof Error) break;
    others.push(opened as PgSession);
  }
  onTestFinished(async () => void (await Promise.all(others.map((one) => one.close()))));
  await own.rows('select 1').catch(() => undefined);
  const [first] = others;
  const [mine] =
    (await first?.run(
      statement(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'scale-to-zero' and pid <> pg_backend_pid() order by backend_start limit 1`,
      ),
    )) ?? [];
  expect(mine?.rows).toEqual([['t']]);
  const filler = await openPgSession(address, true).catch(() => null);
  onTestFinished(async () => void (await filler?.close()));
  const refused = own.rows('select 1');
  await expect(refused).rejects.toThrow(/no connection left/);
  await first?.close();
  await expect.poll(() => own.rows('select 1').catch(() => null)).toEqual([['1']]);
});

test('after the stop it wakes no more', async () => {
  const own = storeOn(await ownPostgres());
  await own.rows('select 1');
  await own.store.stop();
  await expect(own.rows('select 1')).rejects.toThrow(/shutting down/);
});

/** Processes of the connections, by the system's own list. */
function backendsOf(pid: number): Promise<number[]> {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const children = text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
  const isBackend = (child: number) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('course course');
  return Promise.resolve(children.filter(isBackend));
}

/** How many statements sleep, seen by a connection of its own. */
async function activity({ store }: OwnStore): Promise<number> {
  const address = store.life?.awake.address;
  if (!address) return 0;
  const session = await openPgSession(address, true);
  const text = `select count(*) from pg_stat_activity where wait_event = 'PgSleep'`;
  const [answer] = await session.run(statement(text));
  await session.close();
  return Number(answer?.rows[0]?.[0] ?? 0);
}
