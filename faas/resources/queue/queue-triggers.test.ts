/** Which queues are asked, and when: told by the statements that are run. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import type { StoreSubject, StopReason } from '../../core/trace/trace.ts';
import type { Batch, Rows } from '../store/statement.ts';
import { QueueTriggers } from './queue-triggers.ts';

const STORE: StoreSubject = { kind: 'store', name: 'database' };
const EMPTY: Rows = { command: 'SELECT', rowCount: 0, fields: [], rows: [] };

const NONE: Rows = { ...EMPTY, rows: [['0', '0', null]] };

let folder: string;
let asked: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'queue-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  asked = [];
});

function made(
  isShared = false,
  lookEveryMs: number | null = null,
  clock = new VirtualClock(),
): QueueTriggers {
  return new QueueTriggers({
    folder,
    clock,
    lookEveryMs,
    newId: () => 'x',
    random: () => 0,
    emit: () => undefined,
    isShared: () => isShared,
    call: () => Promise.reject(new Error('No message is here.')),
    run: ({ statements }) => {
      asked.push(statements.at(-1)?.values[0]);
      // No message, and nothing that is due.
      return Promise.resolve(
        statements.map(({ text }) => (/count\(\*\)/.test(text) ? NONE : EMPTY)),
      );
    },
  });
}

const plan = (...queues: string[]) => ({
  triggers: Object.fromEntries(queues.map((name) => [`/api/${name}`, { queue: { name } }])),
  schedules: {},
});
const statement = (text: string): Batch => ({
  statements: [{ text, values: [] }],
  transaction: null,
});
/** Names of the queues that were asked since the last time. */
async function queuesAsked(): Promise<string[]> {
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve();
  const names = asked.splice(0).filter((name) => name !== undefined);
  return [...new Set(names as string[])].sort();
}
const wake = (queues: QueueTriggers): void =>
  queues.saw({
    type: 'instance.ready',
    at: 0,
    subject: STORE,
    instance: 'db',
    startMs: 1,
    initMs: 1,
    pid: null,
  });
const sleep = (queues: QueueTriggers, reason: StopReason): void =>
  queues.saw({
    type: 'instance.stopped',
    at: 0,
    subject: STORE,
    instance: 'db',
    reason,
    served: 1,
  });

it('a start asks nothing, unless an earlier one may have left something or others may have sent', async () => {
  const first = made();
  first.follow(plan('orders'));
  first.begin();
  expect(await queuesAsked()).toEqual([]);
  const shared = made(true);
  shared.follow(plan('orders'));
  shared.begin();
  expect(await queuesAsked()).toEqual(['orders']);
  // A kill: the database woke, and was never put to sleep.
  wake(first);
  const next = made();
  next.follow(plan('orders'));
  expect(await queuesAsked()).toEqual([]);
  next.begin();
  expect(await queuesAsked()).toEqual(['orders']);
});

it('where it delivers to functions elsewhere, it looks again and again, until it is stopped', async () => {
  const clock = new VirtualClock();
  const queues = made(true, 1_000, clock);
  queues.follow(plan('orders'));
  queues.begin();
  expect(await queuesAsked()).toEqual(['orders']);
  for (let second = 0; second < 3; second += 1) {
    clock.step();
    expect(await queuesAsked()).toEqual(['orders']);
  }
  expect(clock.now()).toBe(3_000);
  await queues.stop();
  clock.advanceTo(60_000);
  expect(await queuesAsked()).toEqual([]);
});

it('a database that went to sleep with an empty queue is left asleep by the next start', async () => {
  const first = made();
  first.follow(plan('orders'));
  wake(first);
  first.heard(statement('select queue_send($1)'));
  expect(await queuesAsked()).toEqual(['orders']);
  sleep(first, 'idle');
  const next = made();
  next.follow(plan('orders'));
  next.begin();
  expect(await queuesAsked()).toEqual([]);
});

it('a crash of the database is no sleep', async () => {
  const first = made();
  first.follow(plan('orders'));
  wake(first);
  first.heard(null);
  await queuesAsked();
  sleep(first, 'crashed');
  const next = made();
  next.follow(plan('orders'));
  next.begin();
  expect(await queuesAsked()).toEqual(['orders']);
});

it('asks after a statement that may have sent, and after no other', async () => {
  const queues = made();
  queues.follow(plan('orders'));
  queues.heard(statement('select id from guestbook'));
  expect(await queuesAsked()).toEqual([]);
  queues.heard({
    statements: [
      { text: 'insert into orders values (1)', values: [] },
      { text: 'select queue_send($1)', values: [] },
    ],
    transaction: { isolation: null, readOnly: false, deferrable: false },
  });
  expect(await queuesAsked()).toEqual(['orders']);
});

it('follows a new plan: a queue that is gone is not asked, one that came is', async () => {
  const queues = made();
  queues.follow(plan('orders', 'mails'));
  queues.begin();
  wake(queues);
  queues.follow(plan('orders', 'thumbnails'));
  expect(await queuesAsked()).toEqual(['thumbnails']);
  queues.heard(null);
  expect(await queuesAsked()).toEqual(['orders', 'thumbnails']);
  expect(queues.entry().map(({ name }) => name)).toEqual(['orders', 'thumbnails']);
  await queues.stop();
});
