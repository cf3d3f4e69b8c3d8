import { describe, expect, test } from 'vitest';
import { Kpa } from './kpa-policy.ts';
import type { KpaOptions } from './kpa-policy.ts';
import { PoolStage } from '../pool/fixtures/pool-stage.ts';

/** A deployed function under this policy, before anyone has called. */
function deployed(options: KpaOptions = {}): { stage: PoolStage; policy: Kpa } {
  const policy = new Kpa(options);
  const stage = new PoolStage({ policy });
  stage.pool.begin();
  return { stage, policy };
}

describe('kpa, told as stories', () => {
  test('a new revision starts one instance, and keeps it for a stable window and the grace', () => {
    const { stage } = deployed({ targetBurstCapacity: 0 });
    stage.play(120_000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
             40  i1 ready (start 30, init 10)
          92000  i1 stopped: surplus, served 0
      "
    `);
  });

  test('with the default burst capacity the activator is in the path, and zero comes sooner', () => {
    const { stage, policy } = deployed();
    stage.play(1000);
    expect(policy.status?.activatorInPath).toBe(true);
    stage.play(120_000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
             40  i1 ready (start 30, init 10)
          64000  i1 stopped: surplus, served 0
      "
    `);
  });

  test('before the first decision a call waits for the tick; at zero it later does not', () => {
    const { stage } = deployed({ initialScale: 0 });
    stage.at(2000, () => stage.call());
    stage.at(300_500, () => stage.call());
    stage.play(301_000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
           2000  r1 GET /api/hello
           4000  i1 starting ahead of need
           4040  i1 ready (start 30, init 10)
           4040  r1 on i1, warm, its 1st, queued 2040
           4140  r1 done 200 after 100
          68000  i1 stopped: surplus, served 1
         300500  r2 GET /api/hello
         300500  i2 starting for r2
         300540  i2 ready (start 30, init 10)
         300540  r2 on i2, cold, its 1st, queued 0
         300640  r2 done 200 after 100
      "
    `);
  });

  test('a revision at rest at zero is poked by its first call, and looks again at the next tick', () => {
    const { stage } = deployed({ initialScale: 0, atZero: true, containerConcurrency: 1 });
    for (let at = 5000; at < 5500; at += 100) stage.at(at, () => stage.call(3000));
    stage.play(8000);
    const starts = stage.events.filter(({ type }) => type === 'instance.starting');
    expect(starts.map(({ at }) => at)).toEqual([5000, 5000, 6000, 8000, 8000]);
    const [first] = stage.events.filter((event) => event.type === 'request.started');
    expect(first).toMatchObject({ at: 5040, cold: true });
  });
});

describe('kpa under load', () => {
  /** A call each 100 ms for 20 s, each 400 ms long: four at once. */
  function busy(options: KpaOptions): { stage: PoolStage; policy: Kpa; scales: number[] } {
    const { stage, policy } = deployed({
      containerConcurrency: 1,
      targetUtilization: 1,
      stableWindowMs: 20_000,
      targetBurstCapacity: 0,
      ...options,
    });
    for (let at = 0; at < 20_000; at += 100) stage.at(at, () => stage.call(400));
    const scales: number[] = [];
    for (let tick = 0; tick <= 30; tick++) {
      stage.play(tick * 2000 + 1);
      scales.push(policy.status?.scale ?? 0);
    }
    return { stage, policy, scales };
  }

  test('a surge that piled up is panicked over, and instances leave only after the panic', () => {
    const { stage, scales } = busy({});
    expect(stage.events.filter(({ type }) => type === 'request.done')).toHaveLength(200);
    expect(stage.rejected).toEqual([]);
    const peak = Math.max(...scales);
    expect(peak).toBeGreaterThan(4);
    const first = scales.indexOf(peak);
    const calm = scales.findIndex((scale, tick) => tick > first && scale < peak);
    expect((calm - first) * 2000).toBeGreaterThanOrEqual(20_000);
    expect(scales.slice(calm).toSorted((a, b) => b - a)).toEqual(scales.slice(calm));
  });

  test('the limits of scale hold', () => {
    const { stage, scales } = busy({ minScale: 2, maxScale: 3, initialScale: 2 });
    expect(Math.max(...scales)).toBe(3);
    expect(Math.min(...scales)).toBe(2);
    expect(stage.pool.view.readyInstances).toBe(2);
  });

  test('a scale-down delay keeps the peak longer', () => {
    const last = (scales: number[]): number => scales.lastIndexOf(Math.max(...scales));
    const { scales } = busy({});
    const delayed = busy({ scaleDownDelayMs: 10_000 }).scales;
    expect(last(delayed)).toBeGreaterThan(last(scales));
  });
});

test('without a limit requests share an instance; with one they do not exceed it', () => {
  const shared = deployed().stage;
  shared.at(1000, () => [1, 2, 3].forEach(() => shared.call()));
  shared.play(1001);
  expect(shared.pool.view).toMatchObject({ runningRequests: 3, waitingRequests: 0 });
  const alone = deployed({ containerConcurrency: 1 }).stage;
  alone.at(1000, () => [1, 2, 3].forEach(() => alone.call()));
  alone.play(1001);
  expect(alone.pool.view).toMatchObject({ runningRequests: 1, waitingRequests: 2 });
});

test('a setting that Knative would refuse is refused with what was expected', () => {
  expect(() => new Kpa({ maxScaleUpRate: 1 })).toThrow(/maxScaleUpRate above 1, found 1/);
  expect(() => new Kpa({ targetBurstCapacity: -2 })).toThrow(/at least 0, or -1/);
  expect(() => new Kpa({ stableWindowMs: 1000 })).toThrow(/from 6,000/);
});
