import { afterEach, expect, test } from 'vitest';
import { HEADERS } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import { PolicyPlan } from '../core/scaling/policy-plan.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import { isOf, type TraceEvent } from '../core/trace/trace.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { ScriptedDriver } from '../drivers/fixtures/scripted-driver.ts';
import { Platform } from './platform.ts';
import { PoliciesInForce } from './policies-in-force.ts';
import { realClock } from './real-clock.ts';
import type { RouteWeights } from './routes.ts';

const revision = (name: string): FunctionSpec =>
  fixtureSpec('api/hello.ts', { name: 'greeter', revision: name, code: `code of ${name}` });
const weights = (a: number, b: number): RouteWeights => ({
  '/api/hello': [
    { revision: 'a', weight: a },
    { revision: 'b', weight: b },
  ],
});

let events: TraceEvent[] = [];
let draw = 0;
let platform: Platform;
let policies: PoliciesInForce;

function launch(): void {
  events = [];
  draw = 0;
  const driver = new ScriptedDriver();
  const plan = new PolicyPlan();
  platform = new Platform({
    functions: [revision('a'), revision('b'), fixtureSpec('api/other.ts')],
    weights: weights(90, 10),
    random: () => draw,
    driverFor: () => driver,
    policyFor: ({ name }) => makePolicy(plan.choiceFor(name)),
    clock: realClock,
    newId: countedIds(),
    emit: (event) => events.push(event),
    place: 'local',
  });
  policies = new PoliciesInForce(platform, plan);
}

afterEach(() => platform.stop());

/** The source that answered. */
async function call(at: number): Promise<string | undefined> {
  draw = at;
  const message = { method: 'GET', url: '/api/hello', headers: [], body: null };
  const { headers } = await platform.handle(message);
  return headers.find(([name]) => name === HEADERS.code)?.[1];
}

test('a call by the route is answered by the revision that is drawn, each with instances of its own', async () => {
  launch();
  expect(await call(0.1)).toBe('code of a');
  expect(await call(0.95)).toBe('code of b');
  expect(await call(0.2)).toBe('code of a');
  expect(platform.instances()).toMatchObject([
    { function: 'greeter', revision: 'a', served: 2 },
    { function: 'greeter', revision: 'b', served: 1 },
  ]);
});

test('the trace knows the function by its name, not by its route', async () => {
  launch();
  await call(0);
  expect(events.every((event) => isOf(event, 'greeter'))).toBe(true);
  expect(events[0]).toMatchObject({ type: 'request.queued', url: '/api/hello' });
});

test('other weights send the next call elsewhere and leave the instances alone', async () => {
  launch();
  expect(await call(0.5)).toBe('code of a');
  platform.update(platform.functions, weights(10, 90));
  expect(await call(0.5)).toBe('code of b');
  expect(platform.instances()).toHaveLength(2);
});

test('weights that do not fit change nothing', async () => {
  launch();
  expect(() => platform.update([revision('a')], weights(50, 50))).toThrow(/Expected one of a/);
  expect(await call(0.95)).toBe('code of b');
  expect(platform.functions).toHaveLength(3);
});

test('a policy and a fault are of the function, whatever the revision', async () => {
  launch();
  policies.set('greeter', { name: 'concurrent', concurrency: 3 });
  expect(policies.inForce).toMatchObject([
    { function: 'greeter', revision: 'a', name: 'concurrent', concurrency: 3 },
    { function: 'greeter', revision: 'b', name: 'concurrent', concurrency: 3 },
    { function: '/api/other', name: 'keep-alive' },
  ]);
  expect(() => policies.set('/api/hello', { name: 'keep-alive' })).toThrow(
    /No function is called \/api\/hello. There are greeter, \/api\/other/,
  );
  platform.faults.set('greeter', [{ is: 'throttle', times: 2 }]);
  await call(0.1);
  await call(0.95);
  expect(events.filter(({ type }) => type === 'request.failed')).toHaveLength(2);
});
