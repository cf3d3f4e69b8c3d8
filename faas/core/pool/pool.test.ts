import { describe, expect, test } from 'vitest';
import { KeepAlive } from '../scaling/keep-alive.ts';
import { PoolStage } from './fixtures/pool-stage.ts';

describe('keep-alive, told as stories', () => {
  test('one call: an instance starts for it, serves it, idles, and is gone', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call();
    stage.play();
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            140  r1 done 200 after 100
          10140  i1 stopped: idle, served 1
      "
    `);
  });

  test('calls one after another share an instance, and each prolongs its life', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    for (const at of [0, 1000, 9000]) stage.at(at, () => stage.call());
    stage.play();
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            140  r1 done 200 after 100
           1000  r2 GET /api/hello
           1000  r2 on i1, warm, its 2nd, queued 0
           1100  r2 done 200 after 100
           9000  r3 GET /api/hello
           9000  r3 on i1, warm, its 3rd, queued 0
           9100  r3 done 200 after 100
          19100  i1 stopped: idle, served 3
      "
    `);
  });

  test('calls at once need an instance each, and the newest is used first, so that the others expire', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(100);
    stage.call(200);
    stage.at(1000, () => stage.call(50));
    stage.play();
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
              0  i2 starting for r2
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             40  i2 ready (start 30, init 10)
             40  r2 on i2, cold, its 1st, queued 0
            140  r1 done 200 after 100
            240  r2 done 200 after 200
           1000  r3 GET /api/hello
           1000  r3 on i2, warm, its 2nd, queued 0
           1050  r3 done 200 after 50
          10140  i1 stopped: idle, served 1
          11050  i2 stopped: idle, served 2
      "
    `);
  });

  test('a request waits for the instance it started even if another comes free before', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(15);
    stage.at(30, () => stage.call());
    stage.play(200);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             30  r2 GET /api/hello
             30  i2 starting for r2
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             55  r1 done 200 after 15
             70  i2 ready (start 30, init 10)
             70  r2 on i2, cold, its 1st, queued 0
            170  r2 done 200 after 100
      "
    `);
  });

  test('beyond the last instance requests queue, and are served in the order they came', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1 }) });
    for (let call = 0; call < 3; call++) stage.call();
    stage.play(400);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
              0  r3 GET /api/hello
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            140  r1 done 200 after 100
            140  r2 on i1, warm, its 2nd, queued 140
            240  r2 done 200 after 100
            240  r3 on i1, warm, its 3rd, queued 240
            340  r3 done 200 after 100
      "
    `);
  });

  test('a full queue refuses at once, and who waits too long is told that there is no capacity', () => {
    const policy = new KeepAlive({ maxInstances: 1, maxQueued: 1, maxQueueMs: 500 });
    const stage = new PoolStage({ policy });
    stage.call(1000);
    stage.call();
    stage.call();
    stage.play(1100);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
              0  r3 GET /api/hello
              0  r3 failed: throttled
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            500  r2 failed: no-capacity
           1040  r1 done 200 after 1000
      "
    `);
  });

  test('an invocation that overruns is killed with its instance, and the next one works', () => {
    const stage = new PoolStage({ policy: new KeepAlive(), timeLimitMs: 1000, leaveMs: 5 });
    stage.call(0, 'hang');
    stage.at(1100, () => stage.call());
    stage.play(1300);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
           1040  r1 failed: timed-out after 1000
           1045  i1 stopped: timed-out, served 1
           1100  r2 GET /api/hello
           1100  i2 starting for r2
           1140  i2 ready (start 30, init 10)
           1140  r2 on i2, cold, its 1st, queued 0
           1240  r2 done 200 after 100
      "
    `);
  });

  test('a request that a lost instance had not begun goes to another, and keeps its place', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1 }) });
    stage.call();
    let lost: ReturnType<typeof stage.call>;
    stage.at(1000, () => (lost = stage.call()));
    stage.at(1001, () => stage.call());
    stage.at(1002, () => {
      const [instance] = stage.pool.instances;
      if (instance !== undefined) stage.pool.died(instance, 'crashed', new Set([lost]));
    });
    stage.play();
    expect(stage.rejected).toEqual([]);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            140  r1 done 200 after 100
           1000  r2 GET /api/hello
           1000  r2 on i1, warm, its 2nd, queued 0
           1001  r3 GET /api/hello
           1002  i1 stopped: crashed, served 2
           1002  i2 starting for r2
           1042  i2 ready (start 30, init 10)
           1042  r2 on i2, cold, its 1st, queued 2
           1142  r2 done 200 after 100
           1142  r3 on i2, warm, its 2nd, queued 141
           1242  r3 done 200 after 100
          11242  i2 stopped: idle, served 2
      "
    `);
  });

  test('one whose caller has left by then is not begun again', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call();
    stage.at(1000, () => {
      const request = stage.call();
      stage.pool.abandon(request);
      const [instance] = stage.pool.instances;
      if (instance !== undefined) stage.pool.died(instance, 'crashed', new Set([request]));
    });
    stage.play();
    expect(stage.events.filter(({ type }) => type === 'instance.starting')).toHaveLength(1);
  });

  test('a crash costs the request it ran; a thrown error does not cost the instance', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(100, 'throw');
    stage.at(200, () => stage.call(100, 'crash'));
    stage.at(400, () => stage.call());
    stage.play(600);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
            140  r1 failed: handler-threw after 100
            200  r2 GET /api/hello
            200  r2 on i1, warm, its 2nd, queued 0
            300  r2 failed: instance-died after 100
            300  i1 stopped: crashed, served 2
            400  r3 GET /api/hello
            400  i2 starting for r3
            440  i2 ready (start 30, init 10)
            440  r3 on i2, cold, its 1st, queued 0
            540  r3 done 200 after 100
      "
    `);
  });

  test('an instance that cannot start costs the request it was started for, not those in line', () => {
    const policy = new KeepAlive({ maxInstances: 1 });
    const stage = new PoolStage({ policy, startFails: (nth) => nth === 1 });
    stage.call();
    stage.call();
    stage.play(300);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
             40  r1 failed: start-failed
             40  i1 stopped: start-failed, served 0
             40  i2 starting for r2
             80  i2 ready (start 30, init 10)
             80  r2 on i2, cold, its 1st, queued 40
            180  r2 done 200 after 100
      "
    `);
  });

  test('provisioned instances start ahead of need, are used first, and outlive the keep-alive', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ provisionedConcurrency: 1 }) });
    stage.pool.begin();
    stage.at(100, () => {
      stage.call();
      stage.call();
    });
    stage.play(20_000);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  i1 starting ahead of need
             40  i1 ready (start 30, init 10)
            100  r1 GET /api/hello
            100  r1 on i1, warm, its 1st, queued 0
            100  r2 GET /api/hello
            100  i2 starting for r2
            140  i2 ready (start 30, init 10)
            140  r2 on i2, cold, its 1st, queued 0
            200  r1 done 200 after 100
            240  r2 done 200 after 100
          10240  i2 stopped: idle, served 1
      "
    `);
  });

  test('a caller who leaves: the queued call is forgotten, the running one runs to its end', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1 }) });
    const first = stage.call();
    const second = stage.call();
    stage.at(60, () => {
      stage.pool.abandon(first);
      stage.pool.abandon(second);
    });
    stage.play(200);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             60  r2 failed: client-closed
            140  r1 failed: client-closed after 100
      "
    `);
  });

  test('a caller who leaves while its instance starts leaves a warm one for the next', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    const first = stage.call();
    stage.at(10, () => stage.pool.abandon(first));
    stage.at(100, () => stage.call());
    stage.play(300);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
             10  r1 failed: client-closed
             40  i1 ready (start 30, init 10)
            100  r2 GET /api/hello
            100  r2 on i1, warm, its 1st, queued 0
            200  r2 done 200 after 100
      "
    `);
  });

  test('new source: the idle leave at once, the busy when done, and who waited gets the new one', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call(100);
    stage.call(500);
    stage.at(200, () => {
      stage.pool.retire('replaced');
      stage.call(50);
    });
    stage.at(220, () => stage.pool.retire('replaced'));
    stage.play(600);
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
              0  i2 starting for r2
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             40  i2 ready (start 30, init 10)
             40  r2 on i2, cold, its 1st, queued 0
            140  r1 done 200 after 100
            200  i1 stopped: replaced, served 1
            200  r3 GET /api/hello
            200  i3 starting for r3
            220  i3 stopped: replaced, served 0
            220  i4 starting for r3
            260  i4 ready (start 30, init 10)
            260  r3 on i4, cold, its 1st, queued 20
            310  r3 done 200 after 50
            540  r2 done 200 after 500
            540  i2 stopped: replaced, served 1
      "
    `);
  });

  test('those who lose the instance they waited for get new ones in the order they came', () => {
    const stage = new PoolStage({ policy: new KeepAlive() });
    stage.call();
    stage.call();
    stage.at(10, () => stage.pool.retire('replaced'));
    stage.play(20);
    const startedFor = stage.events.flatMap((event) =>
      event.type === 'instance.starting' ? event.request : [],
    );
    expect(startedFor).toEqual(['r1', 'r2', 'r1', 'r2']);
  });

  test('each waits in line for its own time, also when those before it were served', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1, maxQueueMs: 500 }) });
    stage.call(400);
    stage.at(100, () => stage.call(5000));
    for (const at of [300, 350]) stage.at(at, () => stage.call());
    stage.play(1000);
    const refused = stage.events.filter(({ type }) => type === 'request.failed');
    expect(refused.map(({ at }) => at)).toEqual([800, 850]);
  });

  test('a drain refuses the new, finishes what was taken, and says when all is gone', () => {
    const stage = new PoolStage({ policy: new KeepAlive({ maxInstances: 1 }), leaveMs: 5 });
    stage.call();
    stage.call();
    stage.at(50, () => {
      stage.pool.drain();
      stage.call();
    });
    stage.play();
    expect(stage.story).toMatchInlineSnapshot(`
      "
              0  r1 GET /api/hello
              0  i1 starting for r1
              0  r2 GET /api/hello
             40  i1 ready (start 30, init 10)
             40  r1 on i1, cold, its 1st, queued 0
             50  r3 GET /api/hello
             50  r3 failed: shutting-down
            140  r1 done 200 after 100
            140  r2 on i1, warm, its 2nd, queued 140
            240  r2 done 200 after 100
            245  i1 stopped: shutdown, served 2
      "
    `);
    expect(stage.isDrained).toBe(true);
    expect(stage.clock.pending).toBe(0);
  });
});
