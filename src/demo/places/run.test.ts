import { expect, test } from 'vitest';
import { HEADERS, SERVER_TIMING } from '#faas/api.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { runOf, splitOf, type Answer } from './run.ts';

const at = (ms: number) => ({ at: ms, function: '/api/counter' });
const events: TraceEvent[] = [
  { ...at(0), type: 'request.queued', request: 'r1', method: 'GET', url: '/api/counter' },
  { ...at(1), type: 'instance.starting', instance: 'i1', request: 'r1' },
  { ...at(45), type: 'instance.ready', instance: 'i1', startMs: 40, initMs: 4, pid: 7 },
  {
    ...at(45),
    type: 'request.started',
    request: 'r1',
    instance: 'i1',
    cold: true,
    queueMs: 0,
    served: 1,
  },
  { ...at(46), type: 'log', instance: 'i1', request: 'r1', stream: 'stdout', text: 'counting' },
  { ...at(46), type: 'log', instance: 'i1', request: 'r2', stream: 'stdout', text: 'not mine' },
  {
    ...at(49),
    type: 'request.done',
    request: 'r1',
    instance: 'i1',
    status: 200,
    handlerMs: 4,
    cpuMs: 2,
    memoryMb: 16,
  },
];
const answer: Answer = {
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
