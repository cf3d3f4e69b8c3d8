/** What the functions' database costs: a read, its memory, and the way from asleep to the first answer. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AwakeDatabase } from '../../faas/resources/store/database.ts';
import { LocalPostgres } from '../../faas/resources/store/local-postgres.ts';
import { asOrdinaryUser } from '../../faas/resources/store/ordinary-user.ts';
import { findPostgres } from '../../faas/resources/store/postgres-binaries.ts';
import { openFolder } from '../../faas/resources/store/postgres-folder.ts';
import { addressAt, MAX_CONNECTIONS } from '../../faas/resources/store/postgres-server.ts';
import { isAlive } from '../../faas/drivers/process/is-alive.ts';
import { table } from '../table.ts';
import { measureReads, partsOfRead, READ, READS } from './reads.ts';

/** What was promised. */
const MOST = { addedMs: 1, memoryMb: 60, wakeRatio: 3 } as const;

/** What was measured. */
export interface StoreFigures {
  /** Least time of a read, by the way that it takes, in ms. */
  readonly readMs: Readonly<Record<string, number>>;
  /** Of all processes, shared pages once, in MB (10^6 bytes), by the connections that are open; null where it cannot be measured. */
  readonly memoryMb: Readonly<Record<string, number | null>>;
  /** Medians, in ms. */
  readonly wakeMs: { readonly store: number; readonly bare: number };
}

/** How much is measured. */
export interface StoreLoad {
  /** Reads of each kind in a round. @default 50 */
  readonly reads?: number;
  /** @default 21 */
  readonly rounds?: number;
}

/** Measures on a database of its own, which is gone afterwards. */
export async function measureStore({
  reads = 50,
  rounds = 21,
}: StoreLoad = {}): Promise<StoreFigures> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-store-')));
  try {
    const readMs = await measureReads(folder, { reads, rounds });
    const postgres = new LocalPostgres(join(folder, 'store'), await findPostgres(process.cwd()));
    const wakeMs = await measureWakes(postgres, rounds);
    const memoryMb = await measureMemory(postgres);
    return { readMs, memoryMb, wakeMs };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measureWakes(
  postgres: LocalPostgres,
  rounds: number,
): Promise<StoreFigures['wakeMs']> {
  const store: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    store.push(await wakeByStore(postgres));
    bare.push(await wakeBare(postgres));
  }
  return { store: median(store), bare: median(bare) };
}

/** As the store does it: it looks whether one runs, starts, connects, asks. */
async function wakeByStore(postgres: LocalPostgres): Promise<number> {
  const startedAt = performance.now();
  const awake = await postgres.wake();
  const session = await awake.open();
  await session.run({ statements: [{ text: 'select 1', values: [] }], transaction: null });
  const ms = performance.now() - startedAt;
  await session.close();
  await awake.stop();
  return ms;
}

/** The program alone, with its own settings, asked as soon as it listens. */
async function wakeBare(postgres: LocalPostgres): Promise<number> {
  const folder = openFolder(postgres.where);
  if (folder === null) throw new Error('Expected the database to be made.');
  const { postgres: program } = await findPostgres(process.cwd());
  const port = await freePort();
  const args = [
    '-D',
    folder.data,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-p',
    String(port),
  ];
  const command = asOrdinaryUser(program, args);
  const startedAt = performance.now();
  const child = spawn(command.program, command.args, { stdio: 'ignore' });
  const address = addressAt(port, folder);
  for (;;) {
    const client = new pg.Client(address);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      const ms = performance.now() - startedAt;
      await client.end();
      child.kill('SIGINT');
      await once(child, 'exit');
      return ms;
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

async function measureMemory(postgres: LocalPostgres): Promise<StoreFigures['memoryMb']> {
  const awake = await postgres.wake();
  const first = await awake.open();
  const one = awake.memoryMb();
  const others = await openAll(awake);
  for (const client of others) await client.query(READ);
  const all = awake.memoryMb();
  const name = `with all ${others.length + 1} connections that functions can have`;
  await Promise.all(others.map((client) => client.end()));
  await first.close();
  await awake.stop();
  const asleep = awake.pid !== null && isAlive(awake.pid) ? awake.memoryMb() : 0;
  return { 'with one connection': one, [name]: all, asleep };
}

/** As many as come in. */
async function openAll({ address }: AwakeDatabase): Promise<pg.Client[]> {
  const open: pg.Client[] = [];
  while (address !== null && open.length < MAX_CONNECTIONS) {
    const client = new pg.Client(address);
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch {
      break;
    }
    open.push(client);
  }
  return open;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Figures as a reader compares them. */
export function storeTables({ readMs, memoryMb, wakeMs }: StoreFigures): string {
  const byPg = readMs[READS.pg] ?? NaN;
  const isRead = (what: string): boolean => what === READS.guestbook;
  const reads = table(
    ['', 'ms', 'more than by pg', 'may be more'],
    Object.entries(readMs).map(([what, ms]) => [
      what,
      ms.toFixed(2),
      (ms - byPg).toFixed(2),
      isRead(what) ? `${MOST.addedMs} ms` : '–',
    ]),
  );
  const parts = table(
    ['a read of the guestbook is', 'ms'],
    partsOfRead(readMs).map(([part, ms]) => [part, ms.toFixed(2)]),
  );
  const memory = table(
    ['Postgres', 'MB', 'at most'],
    Object.entries(memoryMb).map(([when, mb]) => [
      when,
      mb?.toFixed(0) ?? 'not measured',
      when === 'asleep' ? '0' : `${MOST.memoryMb}`,
    ]),
  );
  const wakes = table(
    ['asleep to the first answer', 'ms', 'ratio', 'at most'],
    [
      [
        'the store',
        wakeMs.store.toFixed(0),
        (wakeMs.store / wakeMs.bare).toFixed(2),
        `${MOST.wakeRatio}`,
      ],
      ['the bare program', wakeMs.bare.toFixed(0), '1.00', '–'],
    ],
  );
  return [reads, parts, memory, wakes].join('\n\n');
}
