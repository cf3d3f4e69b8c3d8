import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HEADER_PREFIX, HEADERS, PRIVATE_HEADERS } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { Concurrent } from '../core/scaling/concurrent.ts';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { Sender } from '../drivers/fixtures/bodies.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { Platform, type PlatformOptions } from './platform.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import { realClock } from './real-clock.ts';

const root = fileURLToPath(new URL('../drivers/fixtures', import.meta.url));
let platform: Platform;
let events: TraceEvent[] = [];

afterEach(async () => {
  for (const { id } of platform.instances()) platform.kill(id);
  await platform.stop();
  expect(platform.instances()).toEqual([]);
});

function launch(
  functions: FunctionSpec[] = [fixtureSpec('api/contract.ts')],
  options: Partial<PlatformOptions> & { idleTimeoutMs?: number; maxInstances?: number } = {},
): void {
  events = [];
  const driver = new ProcessDriver({ root, python: 'no-such-python' });
  platform = new Platform({
    functions,
    driverFor: () => driver,
    policyFor: () => new KeepAlive(options),
    clock: realClock,
    newId: countedIds(),
    emit: (event) => events.push(event),
    place: 'local',
    ...options,
  });
}

function call(
  url: string,
  request: Partial<RequestMessage> = {},
  signal?: AbortSignal,
): Promise<ResponseMessage> {
  return platform.handle({ method: 'GET', url, headers: [], body: null, ...request }, signal);
}

function header(response: ResponseMessage, name: string): string | undefined {
  return response.headers.find((entry) => entry[0] === name)?.[1];
}

async function problemOf(response: ResponseMessage) {
  expect(header(response, 'content-type')).toBe('application/problem+json');
  return (await new Response(response.body as BodyInit).json()) as {
    status: number;
    code: string;
    detail: string;
    stack?: string;
  };
}

function types(): string[] {
  return events.map(({ type }) => type);
}

describe('a call', () => {
  test('that comes first is cold, and says how long start, init and handler took', async () => {
    launch();
    const response = await call('/api/contract?act=count');
    expect(response.status).toBe(200);
    expect(header(response, HEADERS.cold)).toBe('1');
    expect(header(response, HEADERS.served)).toBe('1');
    expect(header(response, HEADERS.place)).toBe('local');
    expect(header(response, HEADERS.code)).toBe('c0de');
    expect(header(response, 'server-timing')).toMatch(
      /^start;dur=[\d.]+, init;dur=[\d.]+, handler;dur=[\d.]+$/,
    );
  });

  test('that comes next is warm, on the same instance', async () => {
    launch();
    const first = await call('/api/contract?act=count');
    const second = await call('/api/contract?act=count');
    expect(header(second, HEADERS.cold)).toBe('0');
    expect(header(second, HEADERS.served)).toBe('2');
    expect(header(second, HEADERS.instance)).toBe(header(first, HEADERS.instance));
    expect(header(second, 'server-timing')).toMatch(/^handler;dur=[\d.]+$/);
    expect(platform.instances()).toMatchObject([
      { function: '/api/contract', state: 'idle', served: 2, pid: expect.any(Number) as number },
    ]);
  });

  test('is traced as it happens, with memory, CPU time and printed lines', async () => {
    launch();
    const response = await call('/api/contract?act=print');
    await vi.waitFor(() => expect(types()).toContain('request.done'));
    const request = header(response, HEADERS.request);
    expect(types()).toEqual([
      'request.queued',
      'instance.starting',
      'instance.ready',
      'request.started',
      'log',
      'log',
      'log',
      'request.done',
    ]);
    expect(
      events
        .filter(({ type }) => type === 'log')
        .every((e) => 'request' in e && e.request === request),
    ).toBe(true);
    expect(events.at(-1)).toMatchObject({
      request,
      status: 200,
      cpuMs: expect.any(Number) as number,
      memoryMb: expect.any(Number) as number,
    });
  });

  test('whose caller leaves runs to its end, and its instance takes the next', async () => {
    launch();
    const first = await call('/api/contract?act=count');
    const caller = new AbortController();
    const left = call('/api/contract?act=count', {}, caller.signal);
    caller.abort();
    expect((await left).status).toBe(499);
    await vi.waitFor(() => expect(types()).toContain('request.failed'));
    const third = await call('/api/contract?act=count');
    expect(header(third, HEADERS.instance)).toBe(header(first, HEADERS.instance));
    expect(await new Response(third.body as BodyInit).text()).toBe('3');
  });

  test('cannot bring a token of its own', async () => {
    launch();
    const headers = [[PRIVATE_HEADERS.token, 'mine']] as const;
    const response = await call('/api/contract?act=echo', { headers });
    expect(response.status).toBe(200);
    expect(await new Response(response.body as BodyInit).text()).not.toContain('mine');
  });
});

describe('a failure has its own problem document:', () => {
  test('no function at the URL', async () => {
    launch();
    const { code, detail } = await problemOf(await call('/api/nothing'));
    expect(code).toBe('function-not-found');
    expect(detail).toContain('/api/contract');
  });

  test('a method the function does not answer', async () => {
    launch();
    const response = await call('/api/contract', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(header(response, 'allow')).toBe('GET, POST');
    expect((await problemOf(response)).detail).toContain('not DELETE');
  });

  test('a handler that throws, whose instance lives on', async () => {
    launch();
    const response = await call('/api/contract?act=throw');
    const { status, code, detail, stack } = await problemOf(response);
    expect([status, code]).toEqual([500, 'handler-threw']);
    expect(detail).toContain('thrown on purpose');
    expect(stack).toBeUndefined();
    expect(header(response, HEADERS.instance)).toBeDefined();
    const next = await call('/api/contract?act=count');
    expect(header(next, HEADERS.served)).toBe('2');
  });

  test('with its stack in development only', async () => {
    launch(undefined, { development: true });
    const { stack } = await problemOf(await call('/api/contract?act=throw'));
    expect(stack).toContain('contract.ts:29');
  });

  test('an instance that leaves', async () => {
    launch();
    const { status, code, detail } = await problemOf(await call('/api/contract?act=exit'));
    expect([status, code]).toEqual([502, 'instance-died']);
    expect(detail).toContain('exit code 7');
    expect((await call('/api/contract?act=count')).status).toBe(200);
  });

  test('an invocation over its time, whose instance is killed', async () => {
    launch([fixtureSpec('api/contract.ts', { maxDurationS: 0.5 })]);
    const { status, code } = await problemOf(await call('/api/contract?act=hang'));
    expect([status, code]).toEqual([504, 'timed-out']);
    const next = await call('/api/contract?act=count');
    expect(header(next, HEADERS.cold)).toBe('1');
  });

  test('an instance over its memory, which is killed', async () => {
    launch([fixtureSpec('api/grow.ts', { memoryMb: 80 })]);
    const { status, code } = await problemOf(await call('/api/grow?kind=buffers'));
    expect([status, code]).toEqual([502, 'out-of-memory']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'instance.stopped', reason: 'out-of-memory' }),
    );
    expect((await call('/api/grow')).status).toBe(200);
  });

  test('a module that cannot be loaded', async () => {
    launch([fixtureSpec('api/broken.ts')]);
    const { status, code, detail } = await problemOf(await call('/api/broken'));
    expect([status, code]).toEqual([502, 'start-failed']);
    expect(detail).toContain('no database here');
  });

  test('a runtime that is not there', async () => {
    launch([fixtureSpec('api/py/contract.py')]);
    const { status, code, detail } = await problemOf(await call('/api/py/contract'));
    expect([status, code]).toEqual([503, 'runtime-missing']);
    expect(detail).toContain('Install Python');
  });

  test('a body whose stated length is over the limit', async () => {
    launch(undefined, { maxBodyBytes: 10 });
    const headers = [['content-length', '11']] as const;
    const { status } = await problemOf(
      await call('/api/contract?act=echo', {
        method: 'POST',
        headers,
        body: inPieces('12345678901'),
      }),
    );
    expect(status).toBe(413);
    expect(platform.instances()).toEqual([]);
  });

  test('a body that turns out to be over the limit, and the instance lives on', async () => {
    launch(undefined, { maxBodyBytes: 10 });
    await call('/api/contract?act=count');
    const body = inPieces('12345', '67890', 'x');
    const response = await call('/api/contract?act=echo', { method: 'POST', body });
    expect((await problemOf(response)).code).toBe('body-too-large');
    const next = await call('/api/contract?act=count');
    expect(header(next, HEADERS.cold)).toBe('0');
  });

  test('no room in time, with the time to come back', async () => {
    launch(undefined, {
      maxInstances: 1,
      policyFor: () => new KeepAlive({ maxInstances: 1, maxQueued: 0 }),
    });
    const caller = new AbortController();
    await call('/api/contract?act=count');
    const holding = call('/api/contract?act=wait', {}, caller.signal);
    const response = await call('/api/contract?act=count');
    expect(response.status).toBe(429);
    expect(Number(header(response, 'retry-after'))).toBeGreaterThanOrEqual(1);
    caller.abort();
    await holding;
  });
});

describe('an instance that is killed from outside', () => {
  const TRIES = 30;

  function kill(): void {
    const pid = platform.instances()[0]?.pid;
    if (pid === null || pid === undefined) throw new Error('Expected an instance with a process');
    process.kill(pid, 'SIGKILL');
  }

  test.for(['GET', 'POST'])(
    `while it is idle costs no call by %s, in ${TRIES} tries`,
    async (method) => {
      launch();
      const body = method === 'POST' ? Buffer.from('asked') : null;
      await call('/api/contract?act=echo');
      for (let tries = 0; tries < TRIES; tries += 1) {
        kill();
        const response = await call('/api/contract?act=echo', { method, body });
        expect(response.status).toBe(200);
        const received = (await new Response(response.body as BodyInit).json()) as { body: string };
        expect(received.body).toBe(method === 'POST' ? 'asked' : '');
      }
      // The trace has one event per call, even for one that was placed twice.
      const ends = events.filter(
        ({ type }) => type === 'request.done' || type === 'request.failed',
      );
      expect(ends).toHaveLength(TRIES + 1);
    },
  );

  test('while it runs a call costs that call, which is not begun again', async () => {
    launch([fixtureSpec('api/mistakes.ts')]);
    const running = call('/api/mistakes?act=waits');
    // What it prints says that its handler has begun.
    await vi.waitFor(() => expect(types()).toContain('log'));
    kill();
    const { status, code, detail } = await problemOf(await running);
    expect([status, code]).toEqual([502, 'instance-died']);
    expect(detail).toContain('SIGKILL');
    expect(types().filter((type) => type === 'instance.starting')).toHaveLength(1);
  });
});

describe('a handler’s mistake', () => {
  test('is handler-threw with its reason, and its neighbour in the same instance is answered', async () => {
    launch([fixtureSpec('api/mistakes.ts')], {
      policyFor: () => new Concurrent({ concurrency: 10 }),
    });
    await call('/api/mistakes?act=fine');
    const sender = new Sender();
    sender.send('one ');
    const asked = { method: 'POST', body: sender.body() };
    const neighbour = await call('/api/mistakes?act=relay', asked);
    for (const act of ['short', 'long', 'short%20and%20throws', 'no%20length']) {
      const { status, code, detail } = await problemOf(await call(`/api/mistakes?act=${act}`));
      expect([status, code]).toEqual([500, 'handler-threw']);
      expect(detail).toMatch(/announced|source broke|content-length is "many"/);
    }
    sender.send('and all');
    sender.end();
    expect(neighbour.status).toBe(200);
    expect(await new Response(neighbour.body as BodyInit).text()).toBe('one and all');
    expect(platform.instances()).toHaveLength(1);
  });

  test('does not make an answer shorter than it is, or its instance idle', async () => {
    launch([fixtureSpec('api/mistakes.ts')]);
    const usage = `${HEADER_PREFIX}usage`;
    const headers = JSON.stringify({ [usage]: '{"handlerMs":0}', [HEADERS.instance]: 'another' });
    const forged = await call(`/api/mistakes?act=forges&headers=${encodeURIComponent(headers)}`);
    expect(header(forged, HEADERS.instance)).not.toBe('another');
    expect(header(forged, usage)).toBeUndefined();
    expect(platform.instances()).toMatchObject([{ state: 'busy' }]);
    const other = await call('/api/mistakes?act=fine');
    expect(header(other, HEADERS.instance)).not.toBe(header(forged, HEADERS.instance));
    expect(await new Response(forged.body as BodyInit).text()).toBe('tick tick tick');
  });
});

describe('instances', () => {
  test('are one for each call at a time, and gone after their keep-alive', async () => {
    launch(undefined, { idleTimeoutMs: 300 });
    const answers = await Promise.all([1, 2, 3].map(() => call('/api/contract?act=count')));
    expect(new Set(answers.map((answer) => header(answer, HEADERS.instance))).size).toBe(3);
    await vi.waitFor(() => expect(platform.instances()).toEqual([]));
    expect(header(await call('/api/contract?act=count'), HEADERS.cold)).toBe('1');
  });

  test('run new code after an update, and finish the old', async () => {
    launch();
    const first = await call('/api/contract?act=count');
    platform.update([fixtureSpec('api/contract.ts', { code: 'new' })]);
    const second = await call('/api/contract?act=count');
    expect(header(second, HEADERS.code)).toBe('new');
    expect(header(second, HEADERS.instance)).not.toBe(header(first, HEADERS.instance));
    await vi.waitFor(() => expect(platform.instances()).toHaveLength(1));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'instance.stopped', reason: 'replaced' }),
    );
  });

  test('finish what they run before the platform stops, which takes no more', async () => {
    launch();
    await call('/api/contract?act=count');
    const sender = new Sender();
    const body = sender.body();
    const running = call('/api/contract?act=echo', { method: 'POST', body });
    sender.send('one ');
    const stopped = platform.stop();
    expect((await call('/api/contract?act=count')).status).toBe(503);
    sender.send('and all');
    sender.end();
    const { status, body: answer } = await running;
    expect(status).toBe(200);
    expect(await new Response(answer as BodyInit).text()).toContain('one and all');
    await stopped;
    expect(platform.instances()).toEqual([]);
  });
});

/** Of unknown length, a piece at a time. */
function inPieces(...parts: string[]): AsyncIterable<Uint8Array> {
  const sender = new Sender();
  for (const part of parts) sender.send(part);
  sender.end();
  return sender.body();
}
