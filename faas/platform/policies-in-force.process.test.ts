import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HEADERS } from '../api.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import { PolicyPlan } from '../core/scaling/policy-plan.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { Sender } from '../drivers/fixtures/bodies.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { Platform } from './platform.ts';
import { PoliciesInForce } from './policies-in-force.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import type { ResponseMessage } from '../drivers/protocol.ts';
import { realClock } from './real-clock.ts';

const driver = new ProcessDriver({
  root: fileURLToPath(new URL('../drivers/fixtures', import.meta.url)),
});
const PATH = '/api/contract';
let platform: Platform;
let policies: PoliciesInForce;
let events: TraceEvent[] = [];

beforeEach(() => {
  const plan = new PolicyPlan({ limits: { maxInstances: 4 } });
  events = [];
  platform = new Platform({
    functions: [fixtureSpec('api/contract.ts'), fixtureSpec('api/methods.ts')],
    driverFor: () => driver,
    policyFor: ({ name }) => makePolicy(plan.choiceFor(name)),
    clock: realClock,
    newId: countedIds(),
    emit: (event) => events.push(event),
    place: 'local',
  });
  policies = new PoliciesInForce(platform, plan);
});

afterEach(async () => {
  for (const { id } of platform.instances()) platform.kill(id);
  await platform.stop();
});

function call(act: string): Promise<ResponseMessage> {
  return platform.handle({ method: 'GET', url: `${PATH}?act=${act}`, headers: [], body: null });
}

/** A call that is answered once its body is at an end. */
function hold(): { readonly answered: Promise<ResponseMessage>; end(): void } {
  const sender = new Sender();
  const url = `${PATH}?act=echo`;
  const answered = platform.handle({ method: 'POST', url, headers: [], body: sender.body() });
  return { answered, end: () => sender.end() };
}

async function untilStarted(calls: number): Promise<void> {
  await vi.waitFor(() => {
    expect(events.filter(({ type }) => type === 'request.started')).toHaveLength(calls);
  });
}

function instanceOf({ headers }: ResponseMessage): string | undefined {
  return headers.find(([name]) => name === HEADERS.instance)?.[1];
}

test('each policy in force is listed with the options given and those in effect', () => {
  policies.set(PATH, { name: 'fixed', servers: 2, maxQueueMs: Infinity });
  expect(policies.inForce).toEqual([
    {
      function: PATH,
      revision: 'r1',
      name: 'fixed',
      options: { servers: 2, maxQueueMs: 'unlimited' },
      concurrency: 1,
      maxInstances: 2,
      keptInstances: 2,
      idleTimeoutMs: 'unlimited',
      maxQueued: 1000,
      maxQueueMs: 'unlimited',
      status: null,
    },
    {
      function: '/api/methods',
      revision: 'r1',
      name: 'keep-alive',
      options: { maxInstances: 4 },
      concurrency: 1,
      maxInstances: 4,
      keptInstances: 0,
      idleTimeoutMs: 10_000,
      maxQueued: 1000,
      maxQueueMs: 30_000,
      status: null,
    },
  ]);
});

test('a call that runs when the policy changes is answered, and the next goes to the new pool', async () => {
  const before = await call('count');
  const running = hold();
  await untilStarted(2);
  policies.set(PATH, { name: 'concurrent', concurrency: 10 });
  const after = await call('count');
  expect(instanceOf(after)).not.toBe(instanceOf(before));
  running.end();
  const late = await running.answered;
  expect([late.status, instanceOf(late)]).toEqual([200, instanceOf(before)]);
  await vi.waitFor(() => expect(platform.instances()).toHaveLength(1));
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'instance.stopped', reason: 'replaced', served: 2 }),
  );
});

test('an instance runs as many calls at once as its policy lets it', async () => {
  policies.set(PATH, { name: 'concurrent', concurrency: 3 });
  const running = [hold(), hold(), hold()];
  await untilStarted(3);
  for (const call of running) call.end();
  const answers = await Promise.all(running.map(({ answered }) => answered));
  expect(new Set(answers.map(instanceOf)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test('once the platform has begun, a new policy starts what it keeps ready', async () => {
  platform.begin();
  policies.set(PATH, { name: 'fixed', servers: 2 });
  await vi.waitFor(() => {
    expect(platform.instances().map(({ state }) => state)).toEqual(['idle', 'idle']);
  });
});

test('Knative’s autoscaler begins with nothing, and makes an instance for the first call', async () => {
  platform.begin();
  policies.set(PATH, { name: 'kpa' });
  expect(platform.instances()).toEqual([]);
  expect((await call('count')).status).toBe(200);
  expect(platform.instances()).toMatchObject([{ function: PATH, state: 'idle', served: 1 }]);
  expect(policies.inForce[0]?.status).toMatchObject({ scale: 1 });
});

test('a function that has the policy already keeps its instances', async () => {
  const before = await call('count');
  policies.set(null, { name: 'keep-alive' });
  policies.reset(null);
  expect(instanceOf(await call('count'))).toBe(instanceOf(before));
});

test('a reset brings back what the platform was started with', () => {
  policies.set(null, { name: 'fixed' });
  policies.reset(PATH);
  expect(policies.inForce.map(({ name }) => name)).toEqual(['keep-alive', 'fixed']);
});

test('a function that is not there is refused with those that are', () => {
  expect(() => policies.set('/api/nothing', { name: 'fixed' })).toThrow(
    'No function is called /api/nothing. There are /api/contract, /api/methods.',
  );
});
