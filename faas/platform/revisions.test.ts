import { afterEach, describe, expect, test } from 'vitest';
import { HEADERS } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import { PolicyPlan } from '../core/scaling/policy-plan.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import { isOf, type TraceEvent } from '../core/trace/trace.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { ScriptedDriver, type Script } from '../drivers/fixtures/scripted-driver.ts';
import { Platform } from './platform.ts';
import { PoliciesInForce } from './policies-in-force.ts';
import { SplitsInForce } from './splits-in-force.ts';
import { realClock } from './real-clock.ts';
import type { RouteSplits } from '../core/rules/split.ts';

const revision = (name: string): FunctionSpec =>
  fixtureSpec('api/hello.ts', { name: 'greeter', revision: name, code: `code of ${name}` });
const weights = (a: number, b: number, by: 'call' | 'caller' = 'call'): RouteSplits => ({
  '/api/hello': {
    by,
    revisions: [
      { revision: 'a', weight: a },
      { revision: 'b', weight: b, tag: 'canary' },
    ],
  },
});

let events: TraceEvent[] = [];
let draw = 0;
let platform: Platform;
let policies: PoliciesInForce;

function launch(script?: Script): void {
  events = [];
  draw = 0;
  const driver = new ScriptedDriver(script);
  const plan = new PolicyPlan();
  platform = new Platform({
    functions: [revision('a'), revision('b'), fixtureSpec('api/other.ts')],
    splits: weights(90, 10),
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

/** Calls with these cookies, one after another, and the revisions that answered. */
async function asCallers(cookies: readonly string[]): Promise<(string | undefined)[]> {
  const answers: (string | undefined)[] = [];
  for (const cookie of cookies) {
    const headers = [['cookie', cookie]] as const;
    const { headers: of } = await platform.handle({
      method: 'GET',
      url: '/api/hello',
      headers,
      body: null,
    });
    answers.push(of.find(([name]) => name === HEADERS.code)?.[1]);
  }
  return answers;
}

test('by caller, a cookie that the answer sets brings each call of a caller to one revision', async () => {
  launch();
  platform.update(platform.functions, weights(50, 50, 'caller'));
  const message = { method: 'GET', url: '/api/hello', headers: [], body: null };
  const { headers } = await platform.handle(message);
  const cookie = headers.find(([name]) => name === 'set-cookie')?.[1] ?? '';
  expect(cookie).toMatch(/^faas-caller=\w{20}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
  const [own = ''] = cookie.split(';');
  expect(new Set(await asCallers(Array<string>(5).fill(own))).size).toBe(1);
  const all = await asCallers(Array.from({ length: 20 }, (_none, n) => `faas-caller=${n}`));
  expect(new Set(all).size).toBe(2);
});

test('a tag asks for a revision without weight, and one that nobody has is told', async () => {
  launch();
  platform.update(platform.functions, weights(100, 0));
  const tagged = (tag: string) =>
    platform.handle({
      method: 'GET',
      url: '/api/hello',
      headers: [['knative-serving-tag', tag]],
      body: null,
    });
  const { headers } = await tagged('canary');
  expect(headers).toContainEqual([HEADERS.code, 'code of b']);
  const { status, body } = await tagged('other');
  expect(status).toBe(404);
  expect(new TextDecoder().decode(body as Uint8Array)).toMatch(/has the tag.*There are canary/);
});

describe('weights in force', () => {
  const BAD = 'api/hello.ts has a mistake';
  let broken: string | null = null;
  const splits = (): SplitsInForce =>
    new SplitsInForce(platform, weights(90, 10), ({ revision: of }) =>
      of === 'b' ? broken : null,
    );

  test('are moved by hand, taken back, and count what failed', async () => {
    launch((_request, { revision: of }) => ({
      status: of === 'b' ? 500 : 200,
      headers: [],
      body: null,
    }));
    const inForce = splits();
    inForce.move('greeter', { a: 50, b: 50 });
    await call(0.7);
    await call(0.2);
    expect(inForce.inForce).toMatchObject([
      {
        function: 'greeter',
        by: 'call',
        revisions: [
          { revision: 'a', weight: 50, calls: 1, failed: 0, tag: null },
          { revision: 'b', weight: 50, calls: 1, failed: 1, tag: 'canary' },
        ],
      },
    ]);
    inForce.reset('greeter');
    expect(await call(0.7)).toBe('code of a');
  });

  test('stay as they are where a body says what cannot be', () => {
    launch();
    broken = BAD;
    const inForce = splits();
    const refused = (name: string | null, given: unknown, by?: unknown): unknown => {
      try {
        inForce.move(name, given, by);
      } catch (error) {
        return error instanceof RangeError ? error.message : error;
      }
      return null;
    };
    expect(refused('greeter', { a: 'half' })).toMatch(/weight of a is "half"/);
    expect(refused('greeter', { a: 60, b: 0 })).toMatch(/add up to 60. Expected 100/);
    expect(refused('greeter', { a: NaN })).toMatch(/weight of a .* is NaN/);
    expect(refused('greeter', { a: 100, c: 0 })).toMatch(/names the revision "c". Expected a, b/);
    expect(refused('greeter', [100])).toMatch(/"weights" is an object such as {"a":100,"b":0}/);
    expect(refused('greeter', { a: 100 }, 'user')).toMatch(/"by" is "caller" or "call"; "user"/);
    expect(refused('/api/other', { a: 100 })).toMatch(
      /several revisions, of which there are greeter/,
    );
    expect(refused('greeter', { a: 50, b: 50 })).toContain(`b cannot take calls: ${BAD}`);
    expect(inForce.inForce[0]?.revisions.map(({ weight }) => weight)).toEqual([90, 10]);
    expect(inForce.inForce[0]?.revisions[1]).toMatchObject({ broken: BAD });
    broken = null;
  });

  test('roll a canary back under load without a lost call', async () => {
    const finish = new Set<() => void>();
    launch(async () => {
      await new Promise<void>((resolve) => finish.add(resolve));
      return { status: 200, headers: [], body: null };
    });
    const inForce = splits();
    inForce.move('greeter', { a: 50, b: 50 }, 'caller');
    const message = (n: number) => ({
      method: 'GET',
      url: '/api/hello',
      headers: [['cookie', `faas-caller=${n}`]] as const,
      body: null,
    });
    const callers = Array.from({ length: 15 }, (_none, n) => n);
    const under = callers.map((n) => platform.handle(message(n)));
    while (finish.size < 15) await new Promise(setImmediate);
    inForce.move('greeter', { a: 100, b: 0 });
    const after = callers.map((n) => platform.handle(message(n)));
    while (finish.size < 30) await new Promise(setImmediate);
    for (const end of finish) end();
    const answers = await Promise.all([...under, ...after]);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const codes = answers.map(
      ({ headers }) => headers.find(([name]) => name === HEADERS.code)?.[1],
    );
    expect(new Set(codes.slice(0, 15))).toEqual(new Set(['code of a', 'code of b']));
    expect(new Set(codes.slice(15))).toEqual(new Set(['code of a']));
    expect(inForce.inForce[0]?.revisions.reduce((all, { calls }) => all + calls, 0)).toBe(30);
  });
});
