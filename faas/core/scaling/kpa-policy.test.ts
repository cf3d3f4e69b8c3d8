import { describe, expect, test } from 'vitest';
import { Kpa } from './kpa-policy.ts';
import type { KpaOptions } from './kpa/kpa-options.ts';
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

describe('bounds are Knative’s', () => {
  test('an initial scale above the maximum is made, and the maximum holds from then on', () => {
    const { stage, policy } = deployed({
      initialScale: 50,
      maxScale: 3,
      containerConcurrency: 1,
    });
    for (let calls = 0; calls < 20; calls++) stage.call(60_000);
    stage.play(1000);
    expect(policy.status?.scale).toBe(50);
    expect(stage.pool.view.readyInstances).toBe(50);
    stage.play(10_000);
    expect(policy.status?.scale).toBe(3);
  });

  test('a minimum above the usual maximum is a maximum too, and 0 is no maximum', () => {
    expect(new Kpa({ minScale: 40 }).maxInstances).toBe(40);
    expect(new Kpa({ maxScale: 0 }).maxInstances).toBe(Infinity);
    expect(new Kpa({ minScale: 5, maxScale: 0 }).maxInstances).toBe(Infinity);
  });

  test.for<[KpaOptions, RegExp]>([
    [
      { panicThresholdPercentage: 1 },
      /panicThresholdPercentage of kpa is 1\. .*from 110 to 1000 %/,
    ],
    [{ panicThresholdPercentage: 1001 }, /from 110 to 1000 %/],
    [{ panicWindowPercentage: 5000 }, /panicWindowPercentage of kpa is 5000\. .*from 1 to 100 %/],
    [{ panicWindowPercentage: 0.9 }, /from 1 to 100 %/],
    [{ maxScaleUpRate: 0.5 }, /maxScaleUpRate of kpa is 0\.5\. Expected a number > 1;/],
    [{ maxScaleUpRate: 1 }, /Expected a number > 1; leave it out for 1000/],
    [{ maxScaleDownRate: 1 }, /Expected a number > 1; leave it out for 2/],
    [{ target: 0.009 }, /Expected a number ≥ 0\.01 calls; leave it out for containerConcurrency/],
    [{ targetUtilization: 0.009 }, /from 0\.01 to 1/],
    [{ targetUtilization: 1.1 }, /from 0\.01 to 1/],
    [{ targetBurstCapacity: -2 }, /a number ≥ 0 calls, or -1 \(always\)/],
    [{ containerConcurrency: 1001 }, /from 0 to 1000 calls/],
    [{ stableWindowMs: 5999 }, /from 6000 to 3600000 ms, a multiple of 1000/],
    [{ stableWindowMs: 6500 }, /a multiple of 1000/],
    [{ stableWindowMs: 3_601_000 }, /from 6000 to 3600000 ms/],
    [{ scaleDownDelayMs: 3_601_000 }, /from 0 to 3600000 ms/],
    [{ scaleDownDelayMs: 500 }, /a multiple of 1000/],
    [{ podRetentionMs: 3_600_001 }, /from 0 to 3600000 ms/],
    [{ scaleToZeroGraceMs: 0 }, /a number > 0 ms/],
    [{ activationScale: 1 }, /a whole number ≥ 2 instances/],
    [{ initialScale: -1 }, /a whole number ≥ 0 instances/],
    [{ initialScale: 1.5 }, /a whole number ≥ 0 instances/],
    [{ minScale: 5, maxScale: 2 }, /maxScale of kpa is 2\. Expected at least minScale, which is 5/],
    [{ minScale: 3, activationScale: 2 }, /activationScale of kpa is 2\. .*at least minScale/],
    [{ activationScale: 4, maxScale: 3 }, /maxScale of kpa is 3\. .*at least activationScale/],
  ])('%j is refused, with what was expected', ([options, message]) => {
    expect(() => new Kpa(options)).toThrow(RangeError);
    expect(() => new Kpa(options)).toThrow(message);
  });
});
