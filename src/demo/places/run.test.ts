import { expect, test } from 'vitest';
import { HEADERS, SERVER_TIMING } from '#faas/api.ts';
import { ofCall, ofFunction } from '#faas/core/trace/fixtures/events.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { runOf, splitOf, type CallAnswer } from './run.ts';

const at = (ms: number) => ({ at: ms, ...ofFunction('/api/counter') });
const call = (ms: number, request: string) => ({ at: ms, ...ofCall('/api/counter', request) });
const events: TraceEvent[] = [
  { ...call(0, 'r1'), type: 'request.queued', method: 'GET', url: '/api/counter' },
  { ...call(1, 'r1'), type: 'instance.starting', instance: 'i1' },
  { ...at(45), type: 'instance.ready', instance: 'i1', startMs: 40, initMs: 4, pid: 7 },
  {
    ...call(45, 'r1'),
    type: 'request.started',
    instance: 'i1',
    cold: true,
    queueMs: 0,
    served: 1,
  },
  { ...call(46, 'r1'), type: 'log', instance: 'i1', stream: 'stdout', text: 'counting' },
  { ...call(46, 'r2'), type: 'log', instance: 'i1', stream: 'stdout', text: 'not mine' },
  {
    ...call(49, 'r1'),
    type: 'request.done',
    instance: 'i1',
    status: 200,
    handlerMs: 4,
    cpuMs: 2,
    memoryMb: 16,
  },
];
const answer: CallAnswer = {
  status: 200,
  headers: [
    [SERVER_TIMING, 'start;dur=40, init;dur=4, handler;dur=4'],
    [HEADERS.request, 'r1'],
    [HEADERS.instance, 'i1'],
    [HEADERS.cold, '1'],
    [HEADERS.served, '1'],
    [HEADERS.code, 'abc'],
  ],
  body: '{}',
  at: 1000,
  totalMs: 50,
};

test('a run is the answer, its headers, and what the trace says of it', () => {
  expect(runOf('local', aRun().call, answer, events)).toMatchObject({
    status: 200,
    instance: 'i1',
    cold: true,
    served: 1,
    ageMs: 48,
    cpuMs: 2,
    memoryMb: 16,
    code: 'abc',
    logs: [{ stream: 'stdout', text: 'counting' }],
    split: { queue: null, start: 40, init: 4, handler: 4, network: 2 },
  });
});

test('who waited for a start is shown what the instance printed while it loaded', () => {
  const printed = (ms: number, text: string): TraceEvent => ({
    ...at(ms),
    type: 'log',
    instance: 'i1',
    request: null,
    stream: 'stdout',
    text,
  });
  const all = [printed(44, 'loaded'), ...events, printed(60, 'a timer, later')];
  const logsOf = (cold: string): string[] => {
    const headers = answer.headers.map(([name, value]): [string, string] =>
      name === HEADERS.cold ? [name, cold] : [name, value],
    );
    return runOf('local', aRun().call, { ...answer, headers }, all).logs.map(({ text }) => text);
  };
  expect(logsOf('1')).toEqual(['loaded', 'counting']);
  expect(logsOf('0')).toEqual(['counting']);
});

test('where nobody tells, nothing is made up', () => {
  const bare = { ...answer, headers: [] };
  expect(runOf('cloud', aRun().call, bare, [])).toMatchObject({
    instance: null,
    cold: null,
    served: null,
    ageMs: null,
    cpuMs: null,
    memoryMb: null,
    code: null,
    logs: [],
    split: { queue: null, start: null, init: null, handler: null, network: null },
  });
});

test('clocks that disagree do not make time run backwards', () => {
  expect(splitOf('handler;dur=60', 50).network).toBe(0);
});

test('a Server-Timing entry without a duration is passed over', () => {
  expect(splitOf('cache;desc="hit", handler;desc="x";dur=3', 5)).toMatchObject({
    handler: 3,
    network: 2,
  });
});

test('the handler of an answer in parts ran until its last part, whatever its headers say', () => {
  const streaming: TraceEvent = {
    ...call(46, 'r1'),
    type: 'request.streaming',
    instance: 'i1',
  };
  const longer = events.map((event) =>
    event.type === 'request.done' ? { ...event, handlerMs: 750 } : event,
  );
  const inParts = { ...answer, totalMs: 1000 };
  const { split } = runOf('local', aRun().call, inParts, [...longer, streaming]);
  expect(split.handler).toBe(750);
  const whole = runOf('local', aRun().call, inParts, longer);
  expect(whole.split.handler).not.toBe(750);
});
