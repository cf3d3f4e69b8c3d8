import { expect, test, vi } from 'vitest';
import type { SimulationJob, SimulationMessage } from './job.ts';

const told: SimulationMessage[] = [];
let ask: (event: { readonly data: SimulationJob }) => void = () => undefined;
vi.stubGlobal('self', {
  addEventListener: (_type: string, listener: typeof ask) => void (ask = listener),
  postMessage: (message: SimulationMessage) => told.push(message),
});
await import('./worker.ts');

const scenario: SimulationJob['scenario'] = {
  policy: { name: 'keep-alive' },
  workload: { is: 'constant', perSecond: 10, durationS: 10 },
  timings: { handler: { is: 'constant', ms: 1 } },
};

test('a job is run to its end, and told as it goes', async () => {
  ask({ data: { scenario, bins: 2 } });
  await vi.waitFor(() => expect(told.at(-1)?.is).toBe('course'));
  expect(told.some((message) => message.is === 'progress' && message.share === 1)).toBe(true);
  expect(told.at(-1)).toMatchObject({
    course: { bins: [{}, {}], summary: { requests: { submitted: 100, answered: 100 } } },
  });
});

test('a job that cannot be run says why', async () => {
  ask({ data: { scenario: { ...scenario, policy: { name: 'fixed', servers: 0 } }, bins: 1 } });
  await vi.waitFor(() =>
    expect(told.at(-1)).toEqual({
      is: 'failed',
      text: expect.stringContaining('The option servers of fixed is 0.'),
    }),
  );
});
