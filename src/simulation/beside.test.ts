import { expect, test, vi } from 'vitest';
import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import { simulateBeside } from './beside.ts';
import type { SimulationJob, SimulationMessage } from './job.ts';

vi.stubGlobal('navigator', { hardwareConcurrency: 2 });

const job = (seed: number): SimulationJob => ({
  scenario: {
    policy: { name: 'keep-alive' },
    workload: { is: 'poisson', perSecond: 1, durationS: 1 },
    timings: { handler: { is: 'constant', ms: 1 } },
    seed,
  },
  bins: 1,
});

/** Answers as told, a turn later. */
class ScriptedWorker extends EventTarget {
  static made: ScriptedWorker[] = [];
  ended = false;
  readonly #answer: (job: SimulationJob) => SimulationMessage[];

  constructor(answer: (job: SimulationJob) => SimulationMessage[]) {
    super();
    this.#answer = answer;
    ScriptedWorker.made.push(this);
  }
  postMessage(job: SimulationJob): void {
    for (const data of this.#answer(job)) {
      queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
    }
  }
  terminate(): void {
    this.ended = true;
  }
}

const scripted = (answer: (job: SimulationJob) => SimulationMessage[]) => (): Worker => {
  return new ScriptedWorker(answer) as unknown as Worker;
};
const course = (job: SimulationJob): SimulatedCourse =>
  ({ seed: job.scenario.seed }) as unknown as SimulatedCourse;

test('courses come back in the order of their jobs, and no worker is left', async () => {
  ScriptedWorker.made = [];
  const shares: number[] = [];
  const courses = await simulateBeside([1, 2, 3].map(job), {
    signal: new AbortController().signal,
    onProgress: (share) => shares.push(share),
    newWorker: scripted((asked) => [
      { is: 'progress', share: 1 },
      { is: 'course', course: course(asked) },
    ]),
  });
  expect(courses).toEqual([1, 2, 3].map(job).map(course));
  expect(shares.at(-1)).toBe(1);
  expect(ScriptedWorker.made.map(({ ended }) => ended)).toEqual([true, true]);
});

test('to cancel is to end the workers at once', async () => {
  ScriptedWorker.made = [];
  const abort = new AbortController();
  const run = simulateBeside([job(1)], {
    signal: abort.signal,
    newWorker: scripted(() => []),
  });
  abort.abort(new Error('changed'));
  await expect(run).rejects.toThrow('changed');
  expect(ScriptedWorker.made.map(({ ended }) => ended)).toEqual([true]);
});

test('a job that fails ends the others, and says why', async () => {
  ScriptedWorker.made = [];
  const run = simulateBeside([job(1), job(2)], {
    signal: new AbortController().signal,
    newWorker: scripted(({ scenario }) =>
      scenario.seed === 1 ? [{ is: 'failed', text: 'no such policy' }] : [],
    ),
  });
  await expect(run).rejects.toThrow('no such policy');
  await vi.waitFor(() =>
    expect(ScriptedWorker.made.map(({ ended }) => ended)).toEqual([true, true]),
  );
});
