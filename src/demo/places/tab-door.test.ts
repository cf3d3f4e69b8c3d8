import { expect, it, vi } from 'vitest';
import type { FunctionSpec } from '#faas/core/function.ts';
import { ScriptedDriver } from '#faas/drivers/fixtures/scripted-driver.ts';
import { TabPlace } from './tab.ts';

const spec = (route: string): FunctionSpec => ({
  name: route,
  revision: 'r1',
  route,
  file: `${route.slice(1)}.ts`,
  runtime: 'node',
  methods: ['GET'],
  code: 'c0de',
  maxDurationS: 10,
  memoryMb: 256,
});

const call = (url: string) => ({ function: url, method: 'GET', url, headers: [], body: null });

it('a tab goes by the rules of the project, and its runs say what they decided', async () => {
  vi.stubGlobal('location', { origin: 'http://localhost' });
  const rules = {
    plans: {},
    keys: {},
    rules: { '/api/limited': { throttle: { rate: 0.001, burst: 1 } } },
  };
  const functions = [spec('/api/limited'), spec('/api/hello')];
  const read = vi.fn(() => Promise.resolve(rules));
  const routes = new Set(['/api/limited']);
  const place = new TabPlace(functions, new ScriptedDriver(), { routes, read });
  const { signal } = new AbortController();
  const first = await place.call(call('/api/limited'), signal);
  const second = await place.call(call('/api/limited'), signal);
  const open = await place.call(call('/api/hello'), signal);
  await place.close();
  vi.unstubAllGlobals();
  expect([first.status, second.status, open.status]).toEqual([200, 429, 200]);
  expect(first.rules).toEqual([
    { rule: 'throttle', outcome: 'passed', why: 'A token was there; left: 0 of 1.' },
  ]);
  expect(second.rules).toMatchObject([{ rule: 'throttle', outcome: 'refused' }]);
  expect([second.instance, open.rules]).toEqual([null, undefined]);
  expect(read).toHaveBeenCalledOnce();
});

it('a tab whose rules cannot be loaded lets nobody in, and asks for them again', async () => {
  vi.stubGlobal('location', { origin: 'http://localhost' });
  const read = vi.fn(() => Promise.resolve(null));
  const routes = new Set(['/api/limited']);
  const place = new TabPlace([spec('/api/limited')], new ScriptedDriver(), { routes, read });
  const { signal } = new AbortController();
  const runs = [
    await place.call(call('/api/limited'), signal),
    await place.call(call('/api/limited'), signal),
  ];
  await place.close();
  vi.unstubAllGlobals();
  expect(runs.map(({ status }) => status)).toEqual([503, 503]);
  expect(read).toHaveBeenCalledTimes(2);
});
