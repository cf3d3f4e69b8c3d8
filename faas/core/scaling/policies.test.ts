import { describe, expect, test } from 'vitest';
import { Concurrent } from './concurrent.ts';
import { Fixed } from './fixed.ts';
import { KeepAlive } from './keep-alive.ts';
import type { ScalingPolicy } from './policy.ts';
import { PoolStage } from '../pool/fixtures/pool-stage.ts';

describe('concurrent, told as stories', () => {
  test('requests that come while an instance starts wait for it, and share it', () => {
    const stage = new PoolStage({ policy: new Concurrent({ concurrency: 2 }) });
    stage.call(100);
    stage.call(50);
    stage.play(200);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             40  r2 on i1, warm, its 2nd, queued 40
             90  r2 done 200 after 50
            140  r1 done 200 after 100
      "
    `);
  });

  test('only those for whom there will be no room start another', () => {
    const stage = new PoolStage({ policy: new Concurrent({ concurrency: 2 }) });
    for (let call = 0; call < 3; call++) stage.call(100);
    stage.at(60, () => stage.call(10));
    stage.play(200);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
              0  r3 GET /api/hello
              0  i2 starting for r3
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             40  r2 on i1, warm, its 2nd, queued 40
             40  i2 ready (start 30, init 10)
             40  r3 on i2, cold, its 1st, queued 0
             60  r4 GET /api/hello
             60  r4 on i2, warm, its 2nd, queued 0
             70  r4 done 200 after 10
            140  r1 done 200 after 100
            140  r2 done 200 after 100
            140  r3 done 200 after 100
      "
    `);
  });

  test('a busy instance with room is filled before an idle one is woken', () => {
    const stage = new PoolStage({ policy: new Concurrent({ concurrency: 2 }) });
    for (const takes of [100, 100, 300]) stage.call(takes);
    stage.at(200, () => stage.call(10));
    stage.play(250);
    expect(stage.events.at(-2)).toMatchObject({ type: 'request.started', instance: 'i2' });
  });

  test('of two busy instances with room the one that got it last is filled', () => {
    const stage = new PoolStage({ policy: new Concurrent({ concurrency: 2 }) });
    for (const takes of [60, 300, 300]) stage.call(takes);
    stage.at(150, () => stage.call(10));
    stage.play(155);
    expect(stage.events.at(-1)).toMatchObject({ type: 'request.started', instance: 'i1' });
  });

  test('minimum instances start at once and stay', () => {
    const stage = new PoolStage({ policy: new Concurrent({ minInstances: 2 }) });
    stage.pool.begin();
    stage.play(60_000);
    expect(stage.pool.view.idleInstances).toBe(2);
  });
});

describe('fixed, told as stories', () => {
  test('every server is up from the beginning, nothing is cold, and the rest wait in line', () => {
    const stage = new PoolStage({ policy: new Fixed({ servers: 2 }) });
    stage.pool.begin();
    stage.at(100, () => {
      for (let call = 0; call < 3; call++) stage.call(100);
    });
    stage.play(60_000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
              0  i2 starting ahead of need
             40  i1 ready (start 30, init 10)
             40  i2 ready (start 30, init 10)
            100  r1 GET /api/hello
            100  r1 on i2, warm, its 1st, queued 0
            100  r2 GET /api/hello
            100  r2 on i1, warm, its 1st, queued 0
            100  r3 GET /api/hello
            200  r1 done 200 after 100
            200  r3 on i2, warm, its 2nd, queued 100
            200  r2 done 200 after 100
            300  r3 done 200 after 100
      "
    `);
  });

  test('a server that crashes is started again, by itself', () => {
    const stage = new PoolStage({ policy: new Fixed({ servers: 1 }) });
    stage.pool.begin();
    stage.at(100, () => stage.call(50, 'crash'));
    stage.play(5000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
             40  i1 ready (start 30, init 10)
            100  r1 GET /api/hello
            100  r1 on i1, warm, its 1st, queued 0
            150  r1 failed: instance-died after 50
            150  i1 stopped: crashed, served 1
           1150  i2 starting ahead of need
           1190  i2 ready (start 30, init 10)
      "
    `);
  });

  test('servers that take several requests are given them in turn', () => {
    const stage = new PoolStage({ policy: new Fixed({ servers: 2, concurrency: 3 }) });
    stage.pool.begin();
    stage.at(100, () => {
      for (let call = 0; call < 6; call++) stage.call(100);
    });
    stage.play(150);
    const given = stage.events.flatMap((event) =>
      event.type === 'request.started' ? event.instance : [],
    );
    expect(given).toEqual(['i2', 'i1', 'i2', 'i1', 'i2', 'i1']);
  });
});

/** A policy that scales to `wanted` every second, and starts no instance by itself. */
function told(wanted: (nowMs: number) => number): ScalingPolicy {
  return {
    ...new KeepAlive({ idleTimeoutMs: Infinity }),
    name: 'told',
    tickMs: 1000,
    place: ({ idleInstances }) => (idleInstances > 0 ? 'idle' : 'wait'),
    desired: (_view, nowMs) => wanted(nowMs),
  };
}

describe('a policy that says how many, told as stories', () => {
  test('instances start ahead of need, and who waits is given them', () => {
    const stage = new PoolStage({ policy: told((now) => (now < 1000 ? 0 : 2)) });
    stage.call(10);
    stage.play(1500);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
           1000  i1 starting ahead of need
           1000  i2 starting ahead of need
           1040  i1 ready (start 30, init 10)
           1040  r1 on i1, warm, its 1st, queued 1040
           1040  i2 ready (start 30, init 10)
           1050  r1 done 200 after 10
      "
    `);
  });

  test('of too many those that start go first, then the longest idle, then busy ones when done', () => {
    const wanted = [3, 5, 1, 0];
    const stage = new PoolStage({
      policy: told((now) => wanted[Math.floor(now / 1000)] ?? 0),
      startMs: 1500,
      initMs: 0,
    });
    stage.call(2000);
    stage.call(10);
    stage.call(10);
    stage.play(5000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
              0  i2 starting ahead of need
              0  i3 starting ahead of need
              0  r1 GET /api/hello
              0  r2 GET /api/hello
              0  r3 GET /api/hello
           1000  i4 starting ahead of need
           1000  i5 starting ahead of need
           1500  i1 ready (start 1500, init 0)
           1500  r1 on i1, warm, its 1st, queued 1500
           1500  i2 ready (start 1500, init 0)
           1500  r2 on i2, warm, its 1st, queued 1500
           1500  i3 ready (start 1500, init 0)
           1500  r3 on i3, warm, its 1st, queued 1500
           1510  r2 done 200 after 10
           1510  r3 done 200 after 10
           2000  i5 stopped: surplus, served 0
           2000  i4 stopped: surplus, served 0
           2000  i2 stopped: surplus, served 1
           2000  i3 stopped: surplus, served 1
           3500  r1 done 200 after 2000
           3500  i1 stopped: surplus, served 1
      "
    `);
  });

  test('a request that cannot wait for the next tick has the policy asked at once', () => {
    const policy = told(() => 1);
    const stage = new PoolStage({
      policy: {
        ...policy,
        desired: (view) => Math.min(1, view.waitingRequests),
        place: () => 'scale',
      },
    });
    stage.pool.begin();
    stage.at(500, () => stage.call(10));
    stage.play(600);
    expect(stage.story).toMatchInlineSnapshot(`
      "
            500  r1 GET /api/hello
            500  i1 starting for r1
            540  i1 ready (start 30, init 10)
            540  r1 on i1, cold, its 1st, queued 0
            550  r1 done 200 after 10
      "
    `);
  });

  test('its ticks end with the pool', () => {
    const stage = new PoolStage({ policy: told(() => 2) });
    stage.pool.begin();
    stage.at(2500, () => stage.pool.drain());
    stage.play();
    expect(stage.isDrained).toBe(true);
    expect(stage.clock.now()).toBeLessThan(4000);
  });
});
