/**
 * The contract suite that every driver of real instances must pass. A driver's test calls
 * `describeDriver`; a capability in the driver's `lacks` is skipped with the reason given there.
 */

import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { PRIVATE_HEADERS } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { iterate, nextText, pieces, read, Sender } from './fixtures/bodies.ts';
import type {
  Body,
  Capability,
  Driver,
  Invocation,
  RunningInstance,
  StartOptions,
} from './protocol.ts';

/** A function in `fixtures/api`, in the driver's language. */
export type FixtureName = 'contract' | 'broken';

/** A driver under test, with the specs of its fixture functions. `close` runs after all tests. */
export interface DriverSubject {
  readonly driver: Driver;
  specOf(name: FixtureName): FunctionSpec;
  close?(): Promise<void>;
}

const bytes = new TextEncoder();

/** Registers the contract suite for one driver. `make` runs once, before the tests. */
export function describeDriver(name: string, make: () => Promise<DriverSubject>): void {
  describe(`the ${name} driver`, () => {
    let subject: DriverSubject;
    let started: RunningInstance[] = [];
    let logs: string[] = [];

    beforeAll(async () => {
      subject = await make();
    });
    afterEach(async () => {
      for (const instance of started) instance.kill();
      await Promise.all(started.map((instance) => instance.exited));
      started = [];
      logs = [];
    });
    afterAll(() => subject.close?.());

    function skipWithout(capability: Capability, context: TestContext): void {
      const lack = subject.driver.lacks[capability];
      context.skip(lack !== undefined, lack);
    }

    async function start(options: Partial<StartOptions> = {}): Promise<RunningInstance> {
      const onLog: StartOptions['onLog'] = (stream, line) => logs.push(`${stream}: ${line}`);
      const spec = subject.specOf('contract');
      const instance = await subject.driver.start(spec, { id: 'one', onLog, ...options });
      started.push(instance);
      return instance;
    }

    test('an instance is ready with the times of its start and its init', async (context) => {
      const instance = await start();
      expect(instance.startMs).toBeGreaterThan(0);
      skipWithout('init-time', context);
      expect(instance.initMs).toBeGreaterThan(0);
    });

    test('method, url, headers and body reach the handler', async () => {
      const instance = await start();
      const { response } = await call(instance, 'echo&q=%C3%A9', {
        method: 'POST',
        headers: [
          ['x-asked-by', 'the caller'],
          ['content-type', 'text/plain'],
        ],
        body: bytes.encode('with a body'),
      });
      const told = JSON.parse(await read(response.body)) as {
        method: string;
        url: string;
        headers: [string, string][];
        body: string;
      };
      expect(told).toMatchObject({
        method: 'POST',
        url: '/api/contract?act=echo&q=%C3%A9',
        body: 'with a body',
      });
      expect(told.headers).toContainEqual(['x-asked-by', 'the caller']);
      const ours: readonly string[] = Object.values(PRIVATE_HEADERS);
      expect(told.headers.filter(([header]) => ours.includes(header))).toEqual([]);
    });

    test('status, headers and body come back', async () => {
      const instance = await start();
      const { response } = await call(instance, 'respond&status=201');
      expect(response.status).toBe(201);
      expect(response.headers).toContainEqual(['x-made-by', 'the handler']);
      expect(await read(response.body)).toBe('made');
    });

    test('a header that is set twice comes back twice', async (context) => {
      skipWithout('repeated-headers', context);
      const instance = await start();
      const { response } = await call(instance, 'respond&status=200');
      expect(response.headers.filter(([header]) => header === 'set-cookie')).toEqual([
        ['set-cookie', 'a=1; Path=/'],
        ['set-cookie', 'b=2; Path=/'],
      ]);
    });

    test('an answer without a body has none, and the next call is answered too', async () => {
      const instance = await start();
      const { response } = await call(instance, 'respond&status=204');
      expect(response.status).toBe(204);
      expect(await read(response.body)).toBe('');
      expect(await answerTo(instance, 'count')).toBe('1');
    });

    test('a large body comes back whole', async () => {
      const instance = await start();
      const { response } = await call(instance, 'bytes&size=3000000');
      let size = 0;
      for (const piece of await pieces(response.body)) size += piece.byteLength;
      expect(size).toBe(3_000_000);
    });

    test('bodies stream both ways: a piece is answered before the next is sent', async () => {
      const instance = await start();
      const sender = new Sender();
      sender.send('one');
      const { response } = await call(instance, 'relay', { method: 'POST', body: sender.body() });
      const reader = iterate(response.body);
      expect(await nextText(reader)).toBe('one');
      sender.send('two');
      expect(await nextText(reader)).toBe('two');
      sender.end();
      expect((await reader.next()).done).toBe(true);
    });

    test('module scope lives from one call to the next', async () => {
      const instance = await start();
      expect(await answerTo(instance, 'count')).toBe('1');
      expect(await answerTo(instance, 'count')).toBe('2');
    });

    test('each instance has a module scope of its own', async () => {
      const [first, second] = [await start(), await start({ id: 'two' })];
      expect(await answerTo(first, 'count')).toBe('1');
      expect(await answerTo(second, 'count')).toBe('1');
    });

    test('what a handler prints is there, line by line, when its report is', async (context) => {
      skipWithout('printed-lines', context);
      const instance = await start();
      const { response, report } = await call(instance, 'print');
      await read(response.body);
      await report;
      expect(logs.toSorted()).toEqual([
        'stderr: to stderr',
        'stdout: in two lines',
        'stdout: to stdout',
      ]);
    });

    test('the report says how long the handler took, and what CPU time it used', async (context) => {
      const instance = await start();
      const { response, report } = await call(instance, 'bytes&size=100000');
      await read(response.body);
      const { handlerMs, cpuMs, error } = await report;
      expect(error).toBeNull();
      expect(handlerMs).toBeGreaterThan(0);
      if ('cpu-time' in subject.driver.lacks) expect(cpuMs).toBeNull();
      skipWithout('cpu-time', context);
      expect(cpuMs).toBeGreaterThan(0);
    });

    test('a handler that throws is a bare 500, and lives on', async () => {
      const instance = await start();
      const { response, report } = await call(instance, 'throw');
      expect(response.status).toBe(500);
      expect(await read(response.body)).toBe('');
      await report;
      expect(await answerTo(instance, 'count')).toBe('1');
    });

    test('what a handler throws is in the report', async (context) => {
      skipWithout('error-report', context);
      const { report } = await call(await start(), 'throw');
      const { error } = await report;
      expect(error?.message).toContain('thrown on purpose');
      expect(error?.stack).toMatch(/contract\.(ts|py|js)/);
    });

    test('a body that breaks off fails for its reader, and the instance lives on', async () => {
      const instance = await start();
      const { response, report } = await call(instance, 'break');
      await expect(read(response.body)).rejects.toThrow();
      const { error } = await report;
      expect(error).not.toBeNull();
      if (!('error-report' in subject.driver.lacks)) {
        expect(error?.message).toContain('broken on purpose');
      }
      expect(await answerTo(instance, 'count')).toBe('1');
    });

    test('a module that throws while it is loaded rejects the start', async () => {
      const spec = subject.specOf('broken');
      const starting = subject.driver.start(spec, { id: 'broken', onLog: () => undefined });
      await expect(starting).rejects.toThrow();
    });

    test('a start that is rejected says with which message', async (context) => {
      skipWithout('error-report', context);
      const spec = subject.specOf('broken');
      const starting = subject.driver.start(spec, { id: 'broken', onLog: () => undefined });
      await expect(starting).rejects.toThrow(/broken\.(ts|py).*no database here/);
    });

    test('an instance that leaves during a call rejects it', async () => {
      const instance = await start();
      await expect(call(instance, 'exit')).rejects.toThrow();
      expect((await instance.exited).asked).toBe(false);
    });

    test('an instance that leaves says with which code', async (context) => {
      skipWithout('exit-code', context);
      const instance = await start();
      await expect(call(instance, 'exit')).rejects.toThrow();
      expect(await instance.exited).toMatchObject({ code: 7, signal: null });
    });

    test('an instance in a busy loop is killed at once', async (context) => {
      skipWithout('kill', context);
      const instance = await start();
      const calling = call(instance, 'hang');
      instance.kill();
      await expect(calling).rejects.toThrow();
      expect((await instance.exited).asked).toBe(true);
    });

    test('stop lets what runs finish', async () => {
      const instance = await start();
      const sender = new Sender();
      sender.send('one');
      const { response, report } = await call(instance, 'relay', {
        method: 'POST',
        body: sender.body(),
      });
      const reader = iterate(response.body);
      expect(await nextText(reader)).toBe('one');
      const stopped = instance.stop();
      sender.send('two');
      sender.end();
      expect(await nextText(reader)).toBe('two');
      expect((await reader.next()).done).toBe(true);
      expect((await report).error).toBeNull();
      expect((await stopped).asked).toBe(true);
    });

    test('a start that is aborted rejects', async () => {
      const signal = AbortSignal.abort();
      await expect(start({ signal })).rejects.toThrow();
    });

    test('memory that a handler holds is seen', async (context) => {
      const instance = await start();
      if ('memory-meter' in subject.driver.lacks) expect(instance.memoryMb()).toBeNull();
      skipWithout('memory-meter', context);
      await answerTo(instance, 'count');
      const before = instance.memoryMb() ?? NaN;
      await answerTo(instance, 'hold');
      // It holds 100 MB more, less what a collection of garbage has given back meanwhile.
      expect((instance.memoryMb() ?? NaN) - before).toBeGreaterThan(80);
    });

    test('an instance that holds more than it may is ended for it', async (context) => {
      skipWithout('memory-limit', context);
      const spec = { ...subject.specOf('contract'), memoryMb: 80 };
      const instance = await subject.driver.start(spec, { id: 'one', onLog: () => undefined });
      started.push(instance);
      await expect(call(instance, 'grow')).rejects.toThrow();
      expect(await instance.exited).toMatchObject({ asked: false, outOfMemory: true });
    });

    test('an instance that a signal has stopped goes on when another continues it', async (context) => {
      skipWithout('signals', context);
      const instance = await start();
      const pid = instance.pid ?? NaN;
      expect(await answerTo(instance, 'count')).toBe('1');
      process.kill(pid, 'SIGSTOP');
      const calling = answerTo(instance, 'count');
      process.kill(pid, 'SIGCONT');
      expect(await calling).toBe('2');
    });

    test('an instance that may take two requests runs them at once', async () => {
      const instance = await start({ concurrency: 2 });
      const sender = new Sender();
      sender.send('one');
      const first = await call(instance, 'relay', { method: 'POST', body: sender.body() });
      const reader = iterate(first.response.body);
      expect(await nextText(reader)).toBe('one');
      expect(await answerTo(instance, 'count')).toBe('1');
      sender.end();
      expect((await reader.next()).done).toBe(true);
    });
  });
}

interface Asked {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Body;
}

function call(
  instance: RunningInstance,
  act: string,
  { method = 'GET', headers = [], body = null }: Asked = {},
): Promise<Invocation> {
  return instance.invoke({ method, url: `/api/contract?act=${act}`, headers, body });
}

async function answerTo(instance: RunningInstance, act: string): Promise<string> {
  const { response, report } = await call(instance, act);
  const body = await read(response.body);
  await report;
  return body;
}
