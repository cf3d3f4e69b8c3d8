import { expect, test } from 'vitest';
import { ofFunction } from '#faas/core/trace/fixtures/events.ts';
import { Timeline } from '#faas/core/trace/timeline.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { drawLanes, drawLegend, lanesSummary } from './draw.ts';
import { lanesOf } from './lanes.ts';
import { cold, done, ended, requested, warm } from './fixtures/trace.ts';

const life: TraceEvent[] = [
  ...cold('i1', 'r1', 0),
  done('i1', 'r1', 60),
  ended('i1', 10_060, 'idle'),
];

const draw = (events: readonly TraceEvent[], now: number): string =>
  drawLanes(lanesOf(new Timeline(events).at(now), null), 'p').toString();

test('a whole life is drawn: start, init, work, a folded silence, and nothing', () => {
  expect(draw(life, 10_100)).toMatchSnapshot();
});

test('a violent end has a cross, and says why', () => {
  const crash: TraceEvent[] = [...cold('i1', 'r1', 0), ended('i1', 70, 'out-of-memory')];
  expect(draw(crash, 100)).toContain('class="fault"');
  expect(draw(crash, 100)).toContain('out of memory');
  expect(draw(life, 10_100)).not.toContain('class="fault"');
});

test('a state is told by shape and pattern too', () => {
  const drawn = draw(life, 10_100);
  const heights = (state: string): string[] =>
    [...drawn.matchAll(new RegExp(`data-state="${state}"[^>]* height="(\\d+)"`, 'g'))].map(
      (match) => match[1] ?? '',
    );
  expect(heights('busy')).not.toEqual(heights('idle'));
  expect(drawn).toContain('url(#p-hatch)');
});

test('who waited in the queue has a row above the instances', () => {
  const events = [...life.slice(0, 5), requested('r2', 70), ...warm('i1', 'r2', 120)];
  expect(draw(events, 130)).toContain('queue · 1 call, up to 50 ms');
});

test('with many instances the rows are bare and low', () => {
  const many = Array.from({ length: 20 }, (_none, n) => cold(`i${n}`, `r${n}`, n)).flat();
  expect(draw(many, 100)).toContain('height="324"');
  expect(draw(many, 100)).not.toContain('class="mark"');
});

test('the picture is told in a sentence', () => {
  const said = (events: readonly TraceEvent[]): string =>
    lanesSummary(lanesOf(new Timeline(events).at(10_100), null));
  expect(said(life)).toBe('1 instance over 10.10 s, 1 call, 1 gone at the end.');
  expect(said([])).toBe('No instance: nothing runs.');
});

test('how much is left out is told apart from a moment on the axis', () => {
  const drawn = draw(life, 10_100);
  const words = (kind: string): (string | undefined)[] =>
    [...drawn.matchAll(new RegExp(`class="${kind}"[^>]*>([^<]*)<`, 'g'))].map(([, said]) => said);
  expect(words('fold-words')).toEqual(['10.04 s left out']);
  expect(words('tick')).toEqual(['0 ms', '20 ms', '40 ms', '60 ms']);
});

test('words of two folds never lie on one another, also where the second is drawn back from the edge', () => {
  // Busy, a silence, busy again, and a long silence up to the end: as on a narrow screen.
  const twice: TraceEvent[] = [
    ...cold('i1', 'r1', 0),
    done('i1', 'r1', 900),
    ...warm('i1', 'r2', 1_650),
    done('i1', 'r2', 1_820),
    ended('i1', 24_400, 'idle'),
  ];
  const said = [
    ...draw(twice, 24_500).matchAll(
      /<svg x="([\d.]+)%"[^>]*>(?:(?!<\/svg>).)*fold-words" text-anchor="(\w+)"/g,
    ),
  ];
  const spans = said.map(([, x = '', anchor = '']): [number, number] => {
    const back = { start: 0, middle: 16, end: 32 }[anchor] ?? NaN;
    return [Number(x) - back, Number(x) - back + 32];
  });
  expect(spans.length).toBeGreaterThan(0);
  spans.slice(1).forEach(([from], index) => {
    expect(from).toBeGreaterThanOrEqual((spans[index]?.[1] ?? 0) - 0.2);
  });
});

test('the legend has the signs of the drawing, each with its own shape', () => {
  const signs = [
    ...drawLegend('p')
      .toString()
      .matchAll(/<svg[^>]*>(.*?)<\/svg>/g),
  ].map(([, sign]) => sign);
  expect(new Set(signs).size).toBe(signs.length);
  const states = (svg: string): Set<string | undefined> =>
    new Set([...svg.matchAll(/data-state="(\w+)"/g)].map(([, state]) => state));
  const crash: TraceEvent[] = [...cold('i1', 'r1', 0), ended('i1', 70, 'out-of-memory')];
  const drawn = draw(life, 10_100) + draw(crash, 100);
  const legend = drawLegend('p').toString();
  expect([...states(drawn)].filter((state) => !states(legend).has(state))).toEqual([]);
  for (const shape of ['url(#p-hatch)', 'class="gone"', 'class="fault"']) {
    expect(drawn).toContain(shape);
    expect(legend).toContain(shape);
  }
});

test('an instance whose code or settings have changed was let go for that', () => {
  const changed: TraceEvent[] = [...life.slice(0, -1), ended('i1', 10_060, 'replaced')];
  expect(draw(changed, 10_100)).toContain('i1 · 1 call · let go after a change');
});

test('a frozen instance is drawn and told of in another way than an idle one', () => {
  const frozen: TraceEvent = {
    type: 'instance.frozen',
    at: 70,
    ...ofFunction('/api/counter'),
    instance: 'i1',
  };
  const drawn = draw([...life.slice(0, -1), frozen], 200);
  expect(drawn).toContain('data-state="idle"');
  expect(drawn).toContain('data-state="frozen"');
  expect(String(drawLegend('p', { frozen: true }))).toContain('frozen');
  expect(String(drawLegend('p'))).not.toContain('frozen');
});

test('a database beside the instances has a lane of its own, and counts as no instance', () => {
  const subject = { kind: 'store', name: 'database' } as const;
  const span = { trace: 't', span: 's', parent: null };
  const statement = { subject, request: 'r2', ...span };
  const store: TraceEvent[] = [
    { type: 'request.queued', at: 52, ...statement, method: 'SQL', url: 'select 1' },
    { type: 'instance.starting', at: 52, subject, instance: 'i2', request: 'r2', ...span },
    { type: 'instance.ready', at: 57, subject, instance: 'i2', startMs: 4, initMs: 1, pid: 7 },
    {
      type: 'request.started',
      at: 57,
      ...statement,
      instance: 'i2',
      cold: true,
      queueMs: 0,
      served: 1,
    },
    {
      type: 'request.done',
      at: 59,
      ...statement,
      instance: 'i2',
      status: 200,
      handlerMs: 2,
      cpuMs: null,
      memoryMb: null,
    },
    { type: 'instance.stopped', at: 9_000, subject, instance: 'i2', reason: 'idle', served: 1 },
  ];
  const events = [...life, ...store].sort((a, b) => a.at - b.at);
  expect(draw(events, 10_100)).toContain('database · 1 statement · let go');
  expect(lanesSummary(lanesOf(new Timeline(events).at(10_100), null))).toBe(
    '1 instance and the database over 10.10 s, 1 call, 2 gone at the end.',
  );
});
