import { expect, test, vi } from 'vitest';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { PlaceTrace } from './place-trace.ts';
import type { FunctionCall, LiveInstance, Place, Run } from './place.ts';
import { runInTurn, runPlan, type CallPlan, type PlanProgress } from './call-plan.ts';

const call: FunctionCall = aRun().call;
const plan: CallPlan = { call, calls: 3, mode: 'sequence', wait: null };

/** A place whose calls end when the test says so. */
class PlaceByHand implements Place {
  readonly name = 'tab';
  readonly trace = new PlaceTrace();
  readonly open: (() => void)[] = [];
  living: LiveInstance[] = [];

  call(_call: FunctionCall, signal: AbortSignal): Promise<Run> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      this.open.push(() => resolve(aRun()));
    });
  }
  missing(): null {
    return null;
  }
  instances(): Promise<LiveInstance[]> {
    return Promise.resolve(this.living.splice(0, 1));
  }
}

const aLive: LiveInstance = { id: 'a', function: call.function, leavesAt: null };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a sequence asks again only after the answer', async () => {
  const place = new PlaceByHand();
  const session = runPlan(place, plan, new AbortController().signal);
  for (let asked = 1; asked <= 3; asked += 1) {
    await turn();
    expect(place.open).toHaveLength(asked);
    place.open.at(-1)?.();
  }
  expect(await session).toHaveLength(3);
});

test('a burst asks all at once, and tells how many have finished', async () => {
  const place = new PlaceByHand();
  const told: PlanProgress[] = [];
  const burst: CallPlan = { ...plan, mode: 'burst' };
  const session = runPlan(place, burst, new AbortController().signal, (p) => told.push(p));
  expect(place.open).toHaveLength(3);
  place.open.forEach((answer) => answer());
  await session;
  expect(told.map(({ finished }) => finished)).toEqual([0, 1, 2, 3]);
});

test('a place that can make many calls at one moment is asked to', async () => {
  const place: Place = new PlaceByHand();
  place.burst = (_call, { times }, _signal, onRun) => {
    onRun();
    return Promise.resolve(Array.from({ length: times }, () => aRun()));
  };
  const told: number[] = [];
  const burst: CallPlan = { ...plan, mode: 'burst' };
  const signal = new AbortController().signal;
  const runs = await runPlan(place, burst, signal, ({ finished }) => told.push(finished));
  expect(runs).toHaveLength(3);
  expect(told).toEqual([0, 1]);
});

test('no call is made before the last instance of the function is gone', async () => {
  const place = new PlaceByHand();
  place.living = [aLive];
  const told: PlanProgress[] = [];
  const waiting: CallPlan = { ...plan, calls: 1, wait: 'reaped' };
  const session = runPlan(place, waiting, new AbortController().signal, (progress) => {
    told.push(progress);
    if (progress.living === null) place.open[0]?.();
    else expect(place.open).toHaveLength(0);
  });
  while (place.open.length === 0) await turn();
  place.open[0]?.();
  await session;
  expect(told.map(({ living }) => living)).toEqual([[aLive], null, null]);
});

test('a session that is cancelled ends at once, also while it waits', async () => {
  const place = new PlaceByHand();
  const calling = new AbortController();
  const session = runPlan(place, plan, calling.signal);
  calling.abort(new Error('cancelled'));
  await expect(session).rejects.toThrow('cancelled');

  place.living = [aLive];
  const waiting = new AbortController();
  const blocked = runPlan(place, { ...plan, wait: 'reaped' }, waiting.signal, () =>
    waiting.abort(new Error('cancelled')),
  );
  await expect(blocked).rejects.toThrow('cancelled');
});

test('calls of a burst can be spaced out, answered or not', async () => {
  const place = new PlaceByHand();
  const burst: CallPlan = { ...plan, mode: 'burst', everyMs: 5 };
  const session = runPlan(place, burst, new AbortController().signal);
  expect(place.open).toHaveLength(1);
  await vi.waitFor(() => expect(place.open).toHaveLength(3));
  place.open.forEach((answer) => answer());
  expect(await session).toHaveLength(3);
});

test('what has not been called when a session is cancelled is never called', async () => {
  const place = new PlaceByHand();
  const abort = new AbortController();
  const burst: CallPlan = { ...plan, mode: 'burst', everyMs: 60_000 };
  const session = runPlan(place, burst, abort.signal);
  abort.abort(new Error('enough'));
  await expect(session).rejects.toThrow('enough');
  expect(place.open).toHaveLength(1);
});

/** A place that can be told how to scale, whose calls are answered at once. */
function scalable(runs: readonly Partial<Run>[], told: unknown[]): Place {
  let asked = 0;
  return {
    name: 'tab',
    missing: () => null,
    call: () => {
      told.push('call');
      const run = runs[asked] ?? runs.at(-1);
      asked += 1;
      return run === undefined
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve({ ...aRun(), ...run });
    },
    scaling: {
      policyOf: () => Promise.resolve(null),
      scale: (fn, policy) => {
        told.push([fn, policy?.name ?? null]);
        return Promise.resolve();
      },
    },
  };
}

const scaled: CallPlan = { ...plan, scaled: { name: 'keep-alive', idleTimeoutMs: 0 } };
const ever = new AbortController().signal;

test('a plan that is scaled in its own way leaves the place as it was', async () => {
  const told: unknown[] = [];
  await runPlan(scalable([{}], told), { ...scaled, calls: 1 }, ever);
  expect(told).toEqual([[call.function, 'keep-alive'], 'call', [call.function, null]]);
});

test('it does so too when a call got no answer', async () => {
  const told: unknown[] = [];
  await expect(runPlan(scalable([], told), scaled, ever)).rejects.toThrow('Failed to fetch');
  expect(told.at(-1)).toEqual([call.function, null]);
});

test('a place that lets nobody scale refuses it, with what to do', async () => {
  await expect(runPlan(new PlaceByHand(), scaled, ever)).rejects.toThrow(
    /does not let this page scale .* open the course by its local address/,
  );
});

test('where all calls are to be cold, one that was warm is made again and does not count', async () => {
  const told: unknown[] = [];
  const answers = [true, false, false, true, true].map((cold) => ({ cold }));
  const runs = await runPlan(scalable(answers, told), { ...plan, allCold: true }, ever);
  expect(runs.map(({ cold }) => cold)).toEqual([true, true, true]);
  expect(told).toHaveLength(5);
});

test('a function that stays warm, since others call it, is given up with the reason', async () => {
  const place = scalable([{ cold: false }], []);
  await expect(runPlan(place, { ...plan, allCold: true }, ever)).rejects.toThrow(
    'somebody else calls it as well',
  );
});

test('plans by turns make one call each, then the next, and leave the place as it was', async () => {
  const told: unknown[] = [];
  const place = scalable([{ cold: true }], told);
  const of = (fn: string, calls: number): CallPlan => ({
    ...scaled,
    calls,
    call: { ...call, function: fn },
  });
  const asked: string[] = [];
  const calling: Place = {
    ...place,
    call: (one, signal) => {
      asked.push(one.function);
      return place.call(one, signal);
    },
  };
  const progress: number[] = [];
  const runs = await runInTurn(calling, [of('a', 3), of('b', 2)], ever, (n) => progress.push(n));
  expect(asked).toEqual(['a', 'b', 'a', 'b', 'a']);
  expect(runs.map(({ length }) => length)).toEqual([3, 2]);
  expect(progress).toEqual([1, 2, 3, 4, 5]);
  expect(told.filter((what) => what !== 'call')).toEqual([
    ['a', 'keep-alive'],
    ['b', 'keep-alive'],
    ['a', null],
    ['b', null],
  ]);
});

test('in a sequence the next call can come a while after the answer', async () => {
  vi.useFakeTimers();
  try {
    const told: unknown[] = [];
    const spaced = runPlan(scalable([{}], told), { ...plan, calls: 2, everyMs: 600 }, ever);
    await vi.advanceTimersByTimeAsync(599);
    expect(told).toEqual(['call']);
    await vi.advanceTimersByTimeAsync(1);
    expect(await spaced).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});
