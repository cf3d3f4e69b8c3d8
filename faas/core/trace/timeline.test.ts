import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeepAlive } from '../scaling/keep-alive.ts';
import { PoolStage } from '../pool/fixtures/pool-stage.ts';
import type { Lane, TimelineView } from './timeline-view.ts';
import type { TraceEvent } from './trace.ts';
import { Timeline } from './timeline.ts';

/** `start 0–30, init 30–40, busy 40–140 r1 cold` */
function drawn({ segments, end }: Lane): string {
  const parts = segments.map((segment) => {
    const span = `${segment.is} ${segment.fromMs}–${segment.toMs ?? ''}`;
    if (segment.is !== 'busy') return span;
    return `${span} ${segment.request}${segment.cold ? ' cold' : ''}${segment.code === null ? '' : ` ${segment.code}`}`;
  });
  return [...parts, ...(end === null ? [] : [`${end.reason} ${end.atMs}`])].join(', ');
}

function lanesOf(view: TimelineView): Record<string, string> {
  return Object.fromEntries(view.lanes.map((lane) => [lane.instance, drawn(lane)]));
}

function staged(policy = new KeepAlive({ idleTimeoutMs: 1000 })): PoolStage {
  return new PoolStage({ policy, timeLimitMs: 500 });
}

describe('lanes', () => {
  test('an instance starts, serves, idles, serves again and is reaped', () => {
    const stage = staged();
    stage.call(100);
    stage.at(500, () => stage.call(50));
    stage.play();
    expect(lanesOf(new Timeline(stage.events).at(2000))).toEqual({
      i1: 'start 0–30, init 30–40, busy 40–140 r1 cold, idle 140–500, busy 500–550 r2, idle 550–1550, idle 1550',
    });
  });

  test('a life or call that has not ended is open-ended', () => {
    const stage = staged();
    const timeline = new Timeline();
    stage.call(100);
    const seen: string[] = [];
    for (const at of [20, 90, 200]) {
      const before = stage.events.length;
      stage.play(at);
      for (const event of stage.events.slice(at === 20 ? 0 : before)) timeline.add(event);
      seen.push(...Object.values(lanesOf(timeline.at(at))));
    }
    expect(seen).toEqual([
      'start 0–',
      'start 0–30, init 30–40, busy 40– r1 cold',
      'start 0–30, init 30–40, busy 40–140 r1 cold, idle 140–',
    ]);
  });

  test('a handover takes no idle time, a kill is no idling, a failed start has no init', () => {
    const stage = new PoolStage({
      policy: new KeepAlive({ maxInstances: 1 }),
      timeLimitMs: 500,
      leaveMs: 5,
      startFails: (nth) => nth === 2,
    });
    stage.call(100);
    stage.call(0, 'hang');
    stage.at(800, () => stage.call());
    stage.play(900);
    expect(lanesOf(new Timeline(stage.events).at(900))).toEqual({
      i1: 'start 0–30, init 30–40, busy 40–140 r1 cold, busy 140–640 r2 timed-out, timed-out 645',
      i2: 'start 800–840, start-failed 840',
    });
  });

  test('requests that run side by side stand in slots, lowest first', () => {
    const policy = { ...new KeepAlive({ maxInstances: 1 }), concurrency: 3 };
    const place = (): 'open' | 'start' => (stage.pool.view.openInstances > 0 ? 'open' : 'start');
    const stage = new PoolStage({ policy: { ...policy, place } });
    stage.call(300);
    stage.at(50, () => stage.call(50));
    stage.at(60, () => stage.call(300));
    stage.at(200, () => stage.call(50));
    stage.play(1000);
    const [lane] = new Timeline(stage.events).at(1000).lanes;
    const slots = lane?.segments.flatMap((segment) => (segment.is === 'busy' ? segment.slot : []));
    expect(slots).toEqual([0, 1, 2, 1]);
    expect(lane?.slots).toBe(3);
  });

  test('a trace that begins in the middle of things is drawn from there', () => {
    const stage = staged();
    stage.call(100);
    stage.play();
    const late = new Timeline(stage.events.slice(3));
    expect(lanesOf(late.at(2000))).toEqual({
      i1: 'busy 40–140 r1 cold, idle 140–1140, idle 1140',
    });
  });
});

describe('requests', () => {
  test('calls that wait in the queue, and calls that wait for their own instance', () => {
    const stage = staged(new KeepAlive({ maxInstances: 1, maxQueueMs: 120 }));
    stage.call(100);
    stage.call(100);
    stage.call(100);
    stage.play(1000);
    const { requests } = new Timeline(stage.events).at(1000);
    const times = requests.map(({ request, queuedUntilMs, startedMs, endedMs, cold, code }) => [
      request,
      queuedUntilMs,
      startedMs,
      endedMs,
      cold,
      code,
    ]);
    expect(times).toEqual([
      ['r1', 0, 40, 140, true, null],
      ['r2', 120, null, 120, false, 'no-capacity'],
      ['r3', 120, null, 120, false, 'no-capacity'],
    ]);
  });
});

test('counts change when something happens, and are never listed twice for one instant', () => {
  const stage = staged(new KeepAlive({ maxInstances: 1, idleTimeoutMs: 1000 }));
  stage.call(100);
  stage.call(100);
  stage.play();
  const { counts } = new Timeline(stage.events).at(2000);
  const rows = counts.map(({ atMs, starting, busy, idle, queued, running }) =>
    [atMs, starting, busy, idle, queued, running].join(' '),
  );
  expect(rows).toEqual([
    '0 1 0 0 1 0',
    '40 0 1 0 1 1',
    '140 0 1 0 0 1',
    '240 0 0 1 0 0',
    '1240 0 0 0 0 0',
  ]);
});

test('lives and calls that had ended before are dropped, and the others are kept', () => {
  const stage = staged();
  stage.call(100);
  stage.at(3000, () => stage.call(100));
  stage.play(3500);
  const timeline = new Timeline(stage.events);
  timeline.forget(2000);
  const view = timeline.at(3500);
  expect(view.lanes.map(({ instance }) => instance)).toEqual(['i2']);
  expect(view.requests.map(({ request }) => request)).toEqual(['r2']);
  expect(view.counts[0]?.atMs).toBeLessThanOrEqual(2000);
  expect(view.fromMs).toBe(2000);
});

describe('rare events', () => {
  const stage = staged(new KeepAlive({ idleTimeoutMs: 400 }));
  stage.at(0, () => stage.call(100));
  stage.at(300, () => stage.call(100));
  stage.play();
  const at = (type: TraceEvent['type'], nth: number): TraceEvent => {
    const found = stage.events.filter((event) => event.type === type)[nth];
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };
  const [firstDone, secondStarted] = [at('request.done', 0), at('request.started', 1)];
  const of = { subject: firstDone.subject, instance: 'i1' };
  const withThese = (...added: readonly TraceEvent[]) =>
    new Timeline([...stage.events, ...added].sort((a, b) => a.at - b.at)).at(10_000);

  test('a frozen instance rests in another way, and counts as idle', () => {
    const [frozenAt, thawedAt] = [firstDone.at + 20, secondStarted.at - 30];
    const { lanes, counts } = withThese(
      { type: 'instance.frozen', at: frozenAt, ...of },
      { type: 'instance.thawed', at: thawedAt, ...of },
    );
    const states = lanes[0]?.segments.map(({ is }) => is);
    expect(states?.slice(-6)).toEqual(['busy', 'idle', 'frozen', 'idle', 'busy', 'idle']);
    const frozen = lanes[0]?.segments.find(({ is }) => is === 'frozen');
    expect([frozen?.fromMs, frozen?.toMs]).toEqual([frozenAt, thawedAt]);
    expect(counts.find(({ atMs }) => atMs === frozenAt)?.idle).toBe(1);
    expect(counts.at(-1)?.idle).toBe(0);
  });

  test('one that is frozen at once and thawed with its call has no idle moment between', () => {
    const { lanes } = withThese({ type: 'instance.frozen', at: firstDone.at, ...of });
    const states = lanes[0]?.segments.map(({ is }) => is);
    expect(states?.slice(-4)).toEqual(['busy', 'frozen', 'busy', 'idle']);
  });

  test('an answer in parts has a first byte', () => {
    const span = { trace: 't', span: 's', parent: null };
    const request = 'request' in secondStarted ? (secondStarted.request ?? '') : '';
    const streaming = { type: 'request.streaming', at: secondStarted.at + 40, request } as const;
    const { lanes } = withThese({ ...streaming, ...of, ...span });
    const busy = lanes[0]?.segments.filter((segment) => segment.is === 'busy');
    expect(busy?.map(({ firstByteMs }) => firstByteMs)).toEqual([null, secondStarted.at + 40]);
  });
});

describe('whatever the trace', () => {
  const calls = fc.array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 3000 }),
      takesMs: fc.integer({ min: 1, max: 600 }),
      fate: fc.constantFrom('answer', 'throw', 'crash', 'hang'),
    }),
    { minLength: 1, maxLength: 30 },
  );

  test('a lane has no gaps, and its segments end where the next begin', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 4 }), (script, maxInstances) => {
        const stage = staged(new KeepAlive({ maxInstances, idleTimeoutMs: 400 }));
        for (const { atMs, takesMs, fate } of script) {
          stage.at(atMs, () => stage.call(takesMs, fate));
        }
        stage.play();
        for (const { segments, end, fromMs } of new Timeline(stage.events).at(10_000).lanes) {
          expect(segments[0]?.fromMs).toBe(fromMs);
          expect(end).not.toBeNull();
          const ends = segments.map(({ toMs }) => toMs);
          const begins = segments.map((segment) => segment.fromMs);
          expect(ends).toEqual([...begins.slice(1), end?.atMs]);
        }
      }),
    );
  });

  test('in the end nothing is there, and the counts were never negative', () => {
    fc.assert(
      fc.property(calls, (script) => {
        const stage = staged();
        for (const { atMs, takesMs, fate } of script) {
          stage.at(atMs, () => stage.call(takesMs, fate));
        }
        stage.play();
        const { counts } = new Timeline(stage.events).at(10_000);
        expect(counts.at(-1)).toMatchObject({
          starting: 0,
          busy: 0,
          idle: 0,
          queued: 0,
          running: 0,
        });
        expect(counts.flatMap((count) => Object.values(count)).every((n) => n >= 0)).toBe(true);
      }),
    );
  });
});
