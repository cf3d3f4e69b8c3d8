import { expect, test } from 'vitest';
import { Timeline } from '#faas/core/trace/timeline.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { lanesOf } from './lanes.ts';
import { cold, done, ended, requested, warm } from './fixtures/trace.ts';

const life: TraceEvent[] = [
  ...cold('i1', 'r1', 100),
  done('i1', 'r1', 160),
  ended('i1', 10_160, 'idle'),
];

const seen = (events: readonly TraceEvent[], since: number | null, now: number) =>
  lanesOf(new Timeline(events).at(now), since);

test('all is drawn from the first event to now, and idling is no happening', () => {
  const { window, happenings } = seen(life, null, 12_000);
  expect(window).toEqual({ from: 100, to: 12_000 });
  expect(happenings.map(({ from, to }) => [from, to])).toEqual([
    [100, 140],
    [140, 150],
    [150, 160],
  ]);
});

test('a run is drawn from its first request on: who left while it waited is no part of it', () => {
  const names = (events: readonly TraceEvent[], since: number): string[] =>
    seen(events, since, 11_100).lanes.map(({ instance }) => instance);
  expect(names(life, 10_000)).toEqual(['i1']);
  const events = [...life, ...cold('i2', 'r3', 11_000)];
  expect(names(events, 10_000)).toEqual(['i2']);
  expect(seen(events, 10_000, 11_100).window.from).toBe(11_000);
});

test('an instance that lives when a run begins is part of it', () => {
  const events = [...life.slice(0, -1), requested('r2', 500), ...warm('i1', 'r2', 501)];
  expect(seen(events, 400, 600).lanes.map(({ instance }) => instance)).toEqual(['i1']);
});

test('what still runs happens until now', () => {
  expect(seen(cold('i1', 'r1', 100), null, 155).happenings.at(-1)).toEqual({ from: 150, to: 155 });
});

test('a request that stood in the queue is seen waiting', () => {
  const events: TraceEvent[] = [
    ...life.slice(0, 4),
    requested('r9', 170),
    ...warm('i1', 'r9', 220),
  ];
  expect(seen(events, null, 230).waiting).toEqual([{ from: 170, to: 220 }]);
});
