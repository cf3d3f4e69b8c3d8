import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { problem } from '#faas/core/problem.ts';
import type { Run } from '#src/demo/places/place.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { recordDemo } from './demo-recording.ts';
import { record } from './record.ts';

vi.mock('./record.ts', () => ({ record: vi.fn() }));
const recorded = vi.mocked(record);

const call = aRun().call;
const plan: CallPlan = { call, calls: 1, mode: 'sequence', wait: null };
let file: string;
let folder: string;
let demos = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lesson-'));
  file = join(folder, '01-lesson.mdx');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => vi.stubEnv('FAAS_ORIGIN', 'http://localhost:1'));
afterEach(() => {
  recorded.mockReset();
  vi.unstubAllEnvs();
});

const answers = (...runs: Run[]): void => {
  for (const run of runs) {
    recorded.mockResolvedValueOnce({
      runs: [run],
      events: [],
      since: 0,
      machine: 'Node',
      calm: true,
    });
  }
};

/** A demo of its own each time, since a run that was made is kept. */
function demo(
  expected: number[],
  asks: { observe?: string; options?: string[] } = {},
): ReturnType<typeof recordDemo> {
  demos += 1;
  const id = `demo-${demos}`;
  writeFileSync(file, `Text.\n\n<Demo id="${id}" fn="/api/counter" />\n`);
  const { call: asked } = plan;
  const spec = {
    name: asked.function,
    revision: 'abc',
    route: asked.function,
    file: 'api/counter.ts',
    runtime: 'node' as const,
    methods: ['GET'],
    code: 'abc',
    maxDurationS: 10,
    memoryMb: 256,
  };
  return recordDemo(plan, spec, { id, file, expect: expected, ...asks });
}

const failure = (code: 'start-failed' | 'runtime-missing', detail: string): Run =>
  aRun({
    status: code === 'start-failed' ? 502 : 503,
    headers: [['content-type', 'application/problem+json']],
    body: JSON.stringify(problem(code, detail)),
  });

test('a run that answers as it should is the recording', async () => {
  answers(aRun());
  expect(await demo([200])).toMatchObject({ runs: [{ status: 200 }] });
});

test('an answer that was not expected stops the build with file, line and cure', async () => {
  const refused = aRun({ status: 404, body: 'no such thing' });
  answers(refused, refused);
  await expect(demo([200, 204])).rejects.toThrow(
    /01-lesson\.mdx:3:1\n {2}GET \/api\/counter answered 404, not 200 or 204\. no such thing\n.*expect=\{404\}/,
  );
});

const counted = aRun({ body: '{"count":1,"by":{"handler":7}}' });

test.each([
  ['/cuont', 'Did you mean "/count"?'],
  ['/by/handlr', 'Did you mean "/by/handler"?'],
  ['/nowhere', 'Write one of "/count", "/by", "/by/handler"'],
])('what is observed and not in the answer, %s, stops the build: %s', async (observe, cure) => {
  answers(counted, counted);
  const message = await demo([200], { observe }).catch(String);
  expect(message).toContain(`observe="${observe}" finds nothing in the answer: {"count":1,`);
  expect(message).toContain(cure);
});

test('where the platform answered in the function’s place, as expected, nothing is observed', async () => {
  answers(failure('start-failed', 'too busy'));
  const { runs } = (await demo([200, 502], { observe: '/count' })) as { runs: readonly Run[] };
  expect(runs.map(({ status }) => status)).toEqual([502]);
});

test('what is observed in the recorded run is among the options', async () => {
  vi.stubEnv('PROD', true);
  const asks = { observe: '/count', options: ['0', '10'] };
  answers(counted, counted);
  await expect(demo([200], asks)).rejects.toThrow(
    'The recorded run shows "1", and no option of the prediction says that: "0", "10".',
  );
  answers(counted);
  expect(await demo([200], { ...asks, options: ['0', ' 1 '] })).toMatchObject({ calm: true });
});

test('a run on a busy machine proves no option wrong', async () => {
  vi.stubEnv('PROD', true);
  recorded.mockResolvedValueOnce({
    runs: [counted],
    events: [],
    since: 0,
    machine: 'Node',
    calm: false,
  });
  expect(await demo([200], { observe: '/count', options: ['10'] })).toMatchObject({ calm: false });
});

test('what goes wrong once is tried again', async () => {
  answers(failure('start-failed', 'too late'), aRun());
  expect(await demo([200])).toMatchObject({ runs: [{ status: 200 }] });
});

test('an expected failure is a recording like any other', async () => {
  answers(failure('start-failed', 'broken on purpose'));
  expect(await demo([502])).toMatchObject({ runs: [{ status: 502 }] });
});

test('a machine without the runtime has no recording, and a reason', async () => {
  answers(failure('runtime-missing', 'Install Python 3.'));
  expect(await demo([200])).toEqual({ reason: 'Install Python 3.' });
});

test('in development the same run is not made again', async () => {
  answers(aRun());
  const id = demos;
  await demo([200]);
  demos = id;
  await demo([200]);
  expect(recorded).toHaveBeenCalledOnce();
});

test('a build without a gateway says who should have set one up', async () => {
  vi.stubEnv('FAAS_ORIGIN', undefined);
  await expect(demo([200])).rejects.toThrow('Expected FAAS_ORIGIN');
});
