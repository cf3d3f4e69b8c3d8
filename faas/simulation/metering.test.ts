import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { Metering } from './metering.ts';
import { PoolStage } from '../core/pool/fixtures/pool-stage.ts';
import { ofFunction } from '../core/trace/fixtures/events.ts';
import type { MeteredCall } from '../prices/usage.ts';

const PATH = '/api/hello';

function metered(stage: PoolStage): { metering: Metering; invocations: MeteredCall[] } {
  const metering = new Metering(() => 256);
  const invocations = stage.events.flatMap((event) => metering.add(event) ?? []);
  return { metering, invocations };
}

describe('usage out of a trace', () => {
  test('a cold call, a warm one, and the idle time after them', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(100);
    stage.at(1000, () => stage.call(50));
    stage.play();
    const { metering, invocations } = metered(stage);
    expect(invocations).toEqual([
      { handlerMs: 100, coldMs: 40, cpuMs: null, memoryMb: 256 },
      { handlerMs: 50, coldMs: 0, cpuMs: null, memoryMb: 256 },
    ]);
    expect(metering.usage(PATH, 20_000)).toMatchObject({
      requests: 2,
      handlerMs: 150,
      coldMs: 40,
      billed1Ms: 190,
      activeMs: 190,
      active100Ms: 300,
      instanceMs: 11_050,
    });
  });

  test('requests that follow without a gap are one active stretch', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1 }) });
    stage.call(30);
    stage.call(30);
    stage.play();
    expect(metered(stage).metering.usage(PATH, 20_000)).toMatchObject({
      activeMs: 100,
      active100Ms: 100,
    });
  });

  test('an instance that still lives has used something already', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(100);
    stage.play(90);
    const { metering } = metered(stage);
    expect(metering.usage(PATH, 90)).toMatchObject({ requests: 0, activeMs: 90, instanceMs: 90 });
    stage.play(140);
    const later = metered(stage).metering;
    expect(later.usage(PATH, 5000)).toMatchObject({ activeMs: 140, instanceMs: 5000 });
  });

  test('a failure on an instance is used time; a refusal is not', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1, maxQueued: 0 }) });
    stage.call(100, 'throw');
    stage.call(100);
    stage.play();
    expect(metered(stage).metering.usage(PATH, 20_000)).toMatchObject({
      requests: 1,
      handlerMs: 100,
    });
  });

  test('what a store does is no usage of a function', () => {
    const metering = new Metering(() => 128);
    const at = { subject: { kind: 'store', name: 'main' }, instance: 'i1' } as const;
    metering.add({ ...at, type: 'instance.starting', at: 0, request: null });
    metering.add({ ...at, type: 'instance.stopped', at: 10, reason: 'idle', served: 0 });
    expect(metering.functions).toEqual([]);
  });

  test('a function is metered with its own memory, and by itself', () => {
    const metering = new Metering((path) => (path === '/api/a' ? 128 : 512));
    for (const name of ['/api/a', '/api/b']) {
      const at = { ...ofFunction(name), instance: `i${name}` };
      metering.add({ ...at, type: 'instance.starting', at: 0, request: null });
      metering.add({ ...at, type: 'instance.stopped', at: 10, reason: 'killed', served: 0 });
    }
    expect(metering.functions).toEqual(['/api/a', '/api/b']);
    expect(metering.usage('/api/a', 10).instanceMbMs).toBe(1280);
    expect(metering.usage('/api/b', 10).instanceMbMs).toBe(5120);
  });

  test('used ≤ active ≤ lived, and rounding only adds', () => {
    const calls = fc.array(
      fc.record({
        atMs: fc.double({ min: 0, max: 5000, noNaN: true }),
        takesMs: fc.double({ min: 0.1, max: 500, noNaN: true }),
        fate: fc.constantFrom('answer', 'throw', 'crash'),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 5 }), (script, maxInstances) => {
        const stage = new PoolStage({
          policy: new KeepAlive({ maxInstances, idleTimeoutMs: 300 }),
        });
        for (const { atMs, takesMs, fate } of script) {
          stage.at(atMs, () => stage.call(takesMs, fate));
        }
        stage.play();
        const usage = metered(stage).metering.usage(PATH, stage.clock.now());
        const nearly = 1e-6;
        expect(usage.coldMs + usage.handlerMs).toBeLessThanOrEqual(usage.activeMs + nearly);
        expect(usage.activeMs).toBeLessThanOrEqual(usage.instanceMs + nearly);
        expect(usage.activeMs).toBeLessThanOrEqual(usage.active100Ms + nearly);
        expect(usage.coldMs + usage.handlerMs).toBeLessThanOrEqual(usage.billed1Ms + nearly);
      }),
    );
  });
});
