/** Every way to fail, fifty times, among calls that must not notice. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Project } from './fixtures/project.ts';
import { RunningGateway, untilGone } from './fixtures/running-gateway.ts';
import { Watcher } from './fixtures/watcher.ts';

const FAILURES = {
  throw: { status: 500, code: 'handler-threw' },
  exit: { status: 502, code: 'instance-died' },
  hang: { status: 504, code: 'timed-out' },
  grow: { status: 502, code: 'out-of-memory' },
} as const;

const project = new Project({ maxDuration: 5, memory: 64 });
let gateway: RunningGateway;
let watcher: Watcher;

beforeAll(async () => {
  gateway = await RunningGateway.start(project, { FAAS_IDLE_TIMEOUT_MS: '500' });
  watcher = await Watcher.open(gateway.origin);
});

afterAll(async () => {
  await watcher.close();
  await gateway.stop();
  project.remove();
});

/** Takes turns until all is done. */
async function workers(count: number, work: readonly (() => Promise<void>)[]): Promise<void> {
  const left = [...work];
  const turn = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await next();
  };
  await Promise.all(Array.from({ length: count }, turn));
}

test('each failure is its own problem, every other call succeeds, and no process is left', async () => {
  const ways = Object.keys(FAILURES) as (keyof typeof FAILURES)[];
  const failures = Array.from({ length: 50 }, (_, n) => ways[n % ways.length] ?? 'throw');
  let failing = true;
  const fails = workers(
    6,
    failures.map((how) => async () => {
      const answer = await gateway.call(`/api/fail?how=${how}`);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      const document = (await answer.json()) as object;
      expect(document).toMatchObject(FAILURES[how]);
      expect(document).not.toHaveProperty('stack');
    }),
  ).finally(() => (failing = false));

  const greetings: number[] = [];
  const greet = async (): Promise<void> => {
    while (failing) greetings.push((await gateway.call('/api/hello?name=Ada')).status);
  };
  await Promise.all([fails, greet(), greet(), greet()]);

  expect(greetings.length).toBeGreaterThan(50);
  expect(new Set(greetings)).toEqual(new Set([200]));

  await gateway.untilZero();
  const told = watcher.of('request.failed').map(({ code }) => code);
  for (const { code } of Object.values(FAILURES)) {
    const expected = failures.filter((how) => FAILURES[how].code === code).length;
    expect(told.filter((other) => other === code)).toHaveLength(expected);
  }
  await untilGone(watcher.pids);
});

test.for(Object.entries(FAILURES))(
  'after %s the next call of the same function is answered',
  async ([how]) => {
    await gateway.call(`/api/fail?how=${how}`);
    const answer = await gateway.call('/api/fail?how=nothing');
    expect(answer.status).toBe(400);
  },
);
