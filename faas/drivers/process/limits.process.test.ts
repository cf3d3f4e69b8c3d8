import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { ProcessDriver } from './driver.ts';

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const driver = new ProcessDriver({ root });

function get(query: string) {
  return { method: 'GET', url: `/${query}`, headers: [], body: null };
}

test.each(['buffers', 'objects', 'heap'])(
  'an instance that holds more than it may in %s is killed for it',
  async (kind) => {
    const spec = fixtureSpec('api/grow.ts', { memoryMb: 80 });
    const instance = await driver.start(spec, { id: kind, onLog: () => undefined });
    await expect(instance.invoke(get(`?kind=${kind}`))).rejects.toThrow();
    expect(await instance.exited).toMatchObject({ outOfMemory: true, asked: false });
  },
);

test('an instance whose handler keeps nothing stays within its limit', async () => {
  const spec = fixtureSpec('api/grow.ts', { memoryMb: 64 });
  const instance = await driver.start(spec, { id: 'modest', onLog: () => undefined });
  for (let calls = 0; calls < 10_000; calls += 1) {
    await (
      await instance.invoke(get(''))
    ).report;
  }
  expect(instance.memoryMb()).toBeLessThan(64);
  await instance.stop();
});

test('a module that is never done loading is given up', async () => {
  const impatient = new ProcessDriver({ root, startTimeoutMs: 300 });
  const spec = fixtureSpec('api/endless.ts');
  const starting = impatient.start(spec, { id: 'endless', onLog: () => undefined });
  await expect(starting).rejects.toThrow('not ready within 0.3 s');
});

test('functions that name their methods and import others run, and others get a 405', async () => {
  const spec = fixtureSpec('api/methods.ts');
  const instance = await driver.start(spec, { id: 'methods', onLog: () => undefined });
  const got = await instance.invoke(get(''));
  expect(await new Response(got.response.body as BodyInit).text()).toBe('hello from the library');
  const posted = await instance.invoke({ ...get(''), method: 'POST' });
  expect(posted.response.status).toBe(405);
  expect(posted.response.headers).toContainEqual(['allow', 'GET']);
  await instance.stop();
});

test('a stack names the file and the line that the author wrote', async () => {
  const spec = fixtureSpec('api/contract.ts');
  const instance = await driver.start(spec, { id: 'stack', onLog: () => undefined });
  const { report } = await instance.invoke(get('?act=throw'));
  expect((await report).error?.stack).toMatch(/fixtures\/api\/contract\.ts:29:13/);
  await instance.stop();
});

test('a missing program is reported with its cure', async () => {
  const without = new ProcessDriver({ root, python: 'no-such-python' });
  await without.prepare();
  expect(without.missing(fixtureSpec('api/py/contract.py'))).toMatch(
    /api\/py\/contract\.py is written in Python\. No program called no-such-python.*Install Python/,
  );
  expect(without.missing(fixtureSpec('api/contract.ts'))).toBeNull();
});

test('a file that is not there rejects the start', async () => {
  const starting = driver.start(fixtureSpec('api/nowhere.ts'), { id: 'x', onLog: () => undefined });
  await expect(starting).rejects.toThrow(/nowhere\.ts/);
});
