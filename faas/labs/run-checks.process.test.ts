import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FunctionSpec } from '../core/function.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import type { CheckedLab } from './checked-lab.ts';
import { contract, firstLight, type LabCheck } from './lab-check.ts';
import { runChecks, type CheckVerdict } from './run-checks.ts';

const driver = new ProcessDriver({
  root: join(process.cwd(), 'faas/labs/fixtures'),
  cacheFolder: join(process.cwd(), 'node_modules/.cache/scale-to-zero'),
});
const spec: FunctionSpec = {
  name: '/api/lab/visits',
  revision: '1',
  route: '/api/lab/visits',
  file: 'api/visits.ts',
  runtime: 'node',
  methods: ['GET', 'POST'],
  code: '',
  maxDurationS: 60,
  memoryMb: 128,
};
const lab = { driver, spec };

async function tried(run: LabCheck['run'], maxDurationS = 60): Promise<CheckVerdict> {
  const limited = { driver, spec: { ...spec, maxDurationS } };
  const [verdict] = await runChecks({ checks: [contract('it holds', run)], lab: limited });
  return verdict as CheckVerdict;
}

const counts = async (checked: CheckedLab, calls: number): Promise<unknown[]> =>
  (await checked.sequence(Array.from({ length: calls }, () => ({})))).map(
    (answer) => (answer.json() as { count: number }).count,
  );

describe('a check', () => {
  test('calls an instance of its own, which lives on between its calls', async () => {
    const run: LabCheck['run'] = async (checked) => {
      checked.same(await counts(checked, 3), [1, 2, 3], { what: 'the counts' });
    };
    expect(await tried(run)).toMatchObject({ passed: true, failure: null });
    expect(await tried(run)).toMatchObject({ passed: true, logs: ['call 1', 'call 2', 'call 3'] });
  });

  test('may let the instances go, so that the next call is cold', async () => {
    const { passed } = await tried(async (checked) => {
      const first = await checked.call();
      await checked.reap();
      const second = await checked.call();
      checked.same([first.cold, second.cold], [true, true], { what: 'cold' });
      checked.same(first.instance === second.instance, false, { what: 'one instance' });
      second.must({ json: { count: 1 } });
    });
    expect(passed).toBe(true);
  });

  test('has one call an instance in a burst, or as many as it asks for', async () => {
    const { passed, failure } = await tried(async (checked) => {
      const alone = await checked.burst([{}, {}, {}]);
      checked.same(new Set(alone.map(({ instance }) => instance)).size, 3, { what: 'instances' });
      checked.perInstance(5);
      await checked.call();
      const shared = await checked.burst([{}, {}, {}]);
      checked.same(new Set(shared.map(({ instance }) => instance)).size, 1, { what: 'instances' });
    });
    expect(failure).toBeNull();
    expect(passed).toBe(true);
  });

  test('may lose an answer, whose call was made all the same', async () => {
    const { failure } = await tried(async (checked) => {
      checked.fault({ is: 'lost-answer' });
      (await checked.call()).must({ status: 502 });
      (await checked.call()).must({ status: 200, json: { count: 2 }, headers: { 'x-own': 'yes' } });
    });
    expect(failure).toBeNull();
  });

  test('that fails shows the call with what was sent, answered and printed', async () => {
    const { passed, failure, timeline, first } = await tried(async (checked) => {
      const answer = await checked.call({ query: '?a=1', body: 'hello', headers: { 'X-A': 'b' } });
      answer.must({ status: 201 });
    });
    expect(passed).toBe(false);
    expect(failure).toMatchObject({
      what: 'the status',
      expected: '201',
      came: '200',
      call: {
        method: 'POST',
        url: '/api/lab/visits?a=1',
        headers: { 'X-A': 'b' },
        body: 'hello',
        status: 200,
        answerHeaders: { 'x-own': 'yes' },
        answer: '{"count":1,"method":"POST","body":"hello"}',
        logs: ['call 1'],
      },
    });
    expect(timeline.requests.map(({ request }) => request)).toEqual([failure?.call?.request]);
    expect(first?.status).toBe(200);
  });

  test('of a function that throws says where', async () => {
    const { failure } = await tried(async (checked) => {
      (await checked.call({ query: '?how=throw' })).must({ json: { count: 1 } });
    });
    expect(failure?.came).toBe('500, since the function threw: as asked (visits.ts, line 10)');
  });

  test('of a function that hangs says what to look for, and what was printed last', async () => {
    const { failure } = await tried(async (checked) => {
      (await checked.call({ query: '?how=hang' })).must({ status: 200 });
    }, 1);
    expect(failure?.came).toBe('504, since it was not over after 1 s, and was stopped');
    expect(failure?.detail).toMatch(/The last line that was printed: call 1$/);
  });
});

describe('the runner', () => {
  const good = firstLight('answers', async (checked) =>
    (await checked.call()).must({ status: 200 }),
  );
  const forever = contract('is never over', () => new Promise(() => undefined));

  test('tells of each check when it begins and when it has ended', async () => {
    const told: string[] = [];
    await runChecks({
      checks: [good, { ...good, name: 'answers again' }],
      lab,
      onProgress: ({ name }, verdict) => told.push(`${name} ${verdict?.passed ?? 'begins'}`),
    });
    expect(told).toEqual([
      'answers begins',
      'answers true',
      'answers again begins',
      'answers again true',
    ]);
  });

  test('ends a check at its limit, and the next one runs as ever', async () => {
    const verdicts = await runChecks({ checks: [forever], lab, limitMs: 1 });
    expect(verdicts[0]?.failure).toMatchObject({
      what: 'an end',
      came: expect.stringMatching(/^not decided: .*nothing wrong was found/),
    });
    expect(verdicts[0]).toMatchObject({ passed: false, undecided: true });
    const [next] = await runChecks({ checks: [good], lab });
    expect(next?.passed).toBe(true);
  });

  test('is cancelled in the middle of a check', async () => {
    const cancel = new AbortController();
    const running = runChecks({
      checks: [good, forever],
      lab,
      signal: cancel.signal,
      onProgress: (check, verdict) => {
        if (check === forever && verdict === null) cancel.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
  });

  test('a check that is broken itself is no verdict about the function', async () => {
    const broken = contract('is broken', () => {
      throw new TypeError('a mistake in check.ts');
    });
    await expect(runChecks({ checks: [broken], lab })).rejects.toThrow('a mistake in check.ts');
  });
});
