/** A delivery on a virtual clock, from a queue in memory, to a function that is told how to fare. */

import { beforeEach, describe, expect, it } from 'vitest';
import { settle, type Given } from '../../core/option.ts';
import { contentOf } from '../../core/queue/fixtures/queue-story.ts';
import { MessageQueue } from '../../core/queue/message-queue.ts';
import { QUEUE_OPTIONS } from '../../core/queue/queue-options.ts';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import type { TraceEvent } from '../../core/trace/trace.ts';
import { traceText } from '../../core/trace/fixtures/trace-text.ts';
import type { RequestMessage, ResponseMessage } from '../../drivers/protocol.ts';
import { memoryTable } from './fixtures/memory-table.ts';
import { QueueDelivery, type DeliveredQueue } from './queue-delivery.ts';
import type { QueueBurden } from './queue-table.ts';

interface Call {
  readonly events: { readonly type: string; readonly id: string }[];
  readonly request: RequestMessage;
  answer(status: number, body?: unknown): void;
}

let clock: VirtualClock;
let queue: MessageQueue;
let calls: Call[];
let asked: string[];
let trace: TraceEvent[];
let ids: number;

beforeEach(() => {
  clock = new VirtualClock();
  queue = new MessageQueue(clock);
  calls = [];
  asked = [];
  trace = [];
  ids = 0;
});

/** Nothing here waits for anything but promises that are kept at once. */
async function rest(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve();
}

/** Lets time pass, event by event. */
async function pass(seconds: number): Promise<void> {
  const until = clock.now() + seconds * 1000;
  await rest();
  while (clock.next <= until) {
    clock.step();
    await rest();
  }
  clock.advanceTo(until);
}

function deliver(
  given: Given<typeof QUEUE_OPTIONS> = {},
  own: Partial<DeliveredQueue> = {},
): QueueDelivery {
  return new QueueDelivery({
    queue: { ...tableOf(), ...own },
    route: '/api/consumer',
    settings: settle('queue', QUEUE_OPTIONS, { jitter: false, ...given }),
    clock,
    newId: (kind) =>
      `${kind === 'trace' ? 'a'.repeat(24) : 'b'.repeat(8)}${String((ids += 1)).padStart(8, '0')}`,
    random: () => 0.5,
    emit: (event) => trace.push(event),
    call: (request) => {
      const text = new TextDecoder().decode(request.body as Uint8Array);
      const { promise, resolve } = Promise.withResolvers<ResponseMessage>();
      calls.push({
        events: [JSON.parse(text) as Call['events'][0]].flat(),
        request,
        answer: (status, body = null) => {
          const bytes = new TextEncoder().encode(JSON.stringify(body));
          resolve({ status, headers: [], body: bytes });
        },
      });
      return promise;
    },
  });
}

const tableOf = (): DeliveredQueue =>
  memoryTable(
    queue,
    () => clock.now(),
    (verb) => asked.push(verb),
  );
const send = (...names: string[]): void =>
  names.forEach((name) => void queue.send(contentOf(name)));
const called = (): string[] => calls.map(({ events }) => events.map(({ type }) => type).join('+'));
const told = (): string[] =>
  traceText(trace)
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/\s+/g, ' ')
        .replaceAll(/0{8}-0000-4000-8000-0+6/g, 'm6'),
    );

it('a message is one call with a CloudEvent, and gone when the function answers 2xx', async () => {
  const delivery = deliver();
  send('a');
  delivery.look();
  await pass(0);
  expect(calls[0]?.request).toMatchObject({ method: 'POST', url: '/api/consumer' });
  expect(Object.fromEntries(calls[0]?.request.headers ?? [])).toMatchObject({
    'content-type': 'application/cloudevents+json; charset=utf-8',
    traceparent: expect.stringMatching(/^00-a{24}0{7}1-b{8}0{7}2-01$/),
  });
  calls[0]?.answer(204);
  await pass(1);
  expect(queue.live).toEqual([]);
  expect(delivery.isEmpty).toBe(true);
  expect(trace.map(({ type }) => type)).toEqual(['message.taken', 'message.done']);
});

it('asks nothing while the queue is empty: not for a day', async () => {
  const delivery = deliver();
  delivery.look();
  await pass(0);
  const { length } = asked;
  await pass(86_400);
  expect(asked.length).toBe(length);
  expect(clock.next).toBe(Infinity);
  expect(delivery.state.looksAt).toBeNull();
});

it('goes on with the trace of the call that sent it', async () => {
  const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
  queue.send({ ...contentOf('a'), traceparent });
  deliver().look();
  await pass(0);
  expect(trace[0]).toMatchObject({ trace: '1'.repeat(32), parent: '2'.repeat(16) });
  const span = (trace[0] as { span: string }).span;
  expect(Object.fromEntries(calls[0]?.request.headers ?? [])['traceparent']).toBe(
    `00-${'1'.repeat(32)}-${span}-01`,
  );
});

it('takes no message that it could not hand over', async () => {
  send('a', 'b', 'c');
  deliver({ consumers: 2 }).look();
  await pass(5);
  expect(called()).toEqual(['a', 'b']);
  calls[1]?.answer(200);
  await pass(1);
  expect(called()).toEqual(['a', 'b', 'c']);
});

it('a failure waits longer each time, and the last one is set aside', async () => {
  send('a');
  deliver({ maxReceives: 3, retryS: 10 }).look();
  for (const seconds of [10, 20, 40]) {
    await pass(0);
    calls.at(-1)?.answer(500);
    await pass(seconds);
  }
  expect(called()).toEqual(['a', 'a', 'a']);
  expect([queue.live.length, queue.dead.length]).toEqual([0, 1]);
  const types = trace.map((event) => [event.at / 1000, event.type.slice('message.'.length)]);
  expect(types).toEqual([
    [0, 'taken'],
    [0, 'given-up'],
    [10, 'taken'],
    [10, 'given-up'],
    [30, 'taken'],
    [30, 'given-up'],
    [70, 'set-aside'],
  ]);
});

it('of a batch, what the answer names comes back', async () => {
  send('a', 'b', 'c');
  deliver({ batch: 10, consumers: 1, retryS: 5 }).look();
  await pass(0);
  const failed = calls[0]?.events[1]?.id;
  calls[0]?.answer(200, { batchItemFailures: [{ itemIdentifier: failed }] });
  await pass(5);
  expect(called()).toEqual(['a+b+c', 'b']);
  expect(told()).toContainEqual(expect.stringContaining('names 1 of 3 under batchItemFailures'));
});

describe('a call of 40 s with a visibility of 30 s, answered with success', () => {
  const working = (): number => {
    const begun = trace.filter(({ type }) => type === 'message.taken').length;
    const ended = trace.filter(({ type }) => /late|done/.test(type)).length;
    return begun - ended;
  };
  async function until(second: number): Promise<void> {
    while (clock.now() < second * 1000) {
      await pass(10);
      for (const [index, call] of calls.entries()) {
        if (clock.now() >= (index * 30 + 40) * 1000) call.answer(200);
      }
      await pass(0);
    }
  }

  it('is two instances at work at second 65, and in the end five successes and a dead letter', async () => {
    send('a');
    deliver().look();
    await pass(0);
    await until(60);
    await pass(5);
    expect(working()).toBe(2);
    await until(200);
    expect(called()).toHaveLength(5);
    expect(queue.dead).toHaveLength(1);
    expect(trace.filter(({ type }) => type === 'message.late')).toHaveLength(5);
  });

  it('is once with one consumer, since nobody else has taken it when it answers', async () => {
    send('a');
    deliver({ consumers: 1 }).look();
    await pass(0);
    await until(200);
    expect([called().length, queue.live.length, queue.dead.length]).toEqual([1, 0, 0]);
  });
});

it('looks again by itself when a delayed message is due, and not before', async () => {
  queue.send(contentOf('a'), 600);
  const delivery = deliver();
  delivery.look();
  await pass(599);
  expect([calls.length, delivery.state.looksAt]).toEqual([0, 600_000]);
  await pass(1);
  expect(called()).toEqual(['a']);
});

it('a database that is away is asked again, less and less often, and nothing is lost', async () => {
  const { take } = tableOf();
  let isAway = true;
  let tries = 0;
  const away = deliver(
    {},
    {
      take: (options) => {
        tries += 1;
        return isAway ? Promise.reject(new Error('It is asleep.')) : take(options);
      },
    },
  );
  send('a');
  away.look();
  await pass(600);
  expect(tries).toBeLessThan(30);
  expect(away.state.trouble).toBe('It is asleep.');
  isAway = false;
  await pass(30);
  calls[0]?.answer(200);
  await pass(0);
  expect([queue.live.length, away.state.trouble]).toEqual([0, null]);
});

it('rows that are gone and cannot be cleared away are told of, and delivery goes on', async () => {
  let burden: QueueBurden = { deadRows: 1_000_000, oldestTransactionS: 600 };
  const delivery = deliver({}, { burden: () => Promise.resolve(burden) });
  send('a');
  delivery.look();
  await pass(0);
  expect(delivery.state.burden).toBe(
    'A transaction has been open for 600 s, and the 1000000 rows of the table that are gone since cannot be cleared away: each look is slower. End it: select pid, query from pg_stat_activity order by xact_start.',
  );
  expect(called()).toEqual(['a']);
  calls[0]?.answer(200);
  burden = { deadRows: 0, oldestTransactionS: 0 };
  await pass(40);
  delivery.look();
  await pass(0);
  expect([queue.live.length, delivery.state.burden]).toEqual([0, null]);
});

it('a stop takes nothing more, and waits for what was begun', async () => {
  send('a', 'b');
  const delivery = deliver({ consumers: 1 });
  delivery.look();
  await pass(0);
  let hasStopped = false;
  void delivery.stop().then(() => (hasStopped = true));
  await pass(5);
  expect(hasStopped).toBe(false);
  calls[0]?.answer(200);
  await pass(5);
  expect([hasStopped, called(), queue.live.length]).toEqual([true, ['a'], 1]);
});
