import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HEADERS } from '../api.ts';
import { makePolicy, type PolicyChoice } from '../core/scaling/policies.ts';
import { PolicyPlan } from '../core/scaling/policy-plan.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import type { Driver, ResponseMessage } from '../drivers/protocol.ts';
import { Platform } from './platform.ts';
import { PoliciesInForce } from './policies-in-force.ts';
import { realClock } from './real-clock.ts';

const driver = new ProcessDriver({
  root: fileURLToPath(new URL('../drivers/fixtures', import.meta.url)),
});
await driver.prepare();

/** A platform of one function, and what it has told. */
class Stage {
  static readonly all: Stage[] = [];
  readonly events: TraceEvent[] = [];
  readonly platform: Platform;
  readonly policies: PoliciesInForce;
  readonly #url: string;

  constructor(file: string, everywhere: PolicyChoice, driving: Driver = driver) {
    const spec = fixtureSpec(file);
    const plan = new PolicyPlan({ everywhere });
    this.#url = spec.route;
    this.platform = new Platform({
      functions: [spec],
      driverFor: () => driving,
      policyFor: ({ name }) => makePolicy(plan.choiceFor(name)),
      clock: realClock,
      newId: countedIds(),
      emit: (event) => this.events.push(event),
      place: 'local',
    });
    this.policies = new PoliciesInForce(this.platform, plan);
    Stage.all.push(this);
  }

  call(query = ''): Promise<ResponseMessage> {
    const request = { method: 'GET', headers: [], body: null };
    return this.platform.handle({ ...request, url: this.#url + query });
  }

  async ticks(query = ''): Promise<number> {
    const { status, body } = await this.call(query);
    expect(status).toBe(200);
    return ((await new Response(body as BodyInit).json()) as { ticks: number }).ticks;
  }

  /** What has happened to instances and calls, without their starts. */
  get story(): string[] {
    return this.events
      .map(({ type }) => type)
      .filter((type) => /^instance\.(frozen|thawed|stopped)|^request\.(started|done)/.test(type));
  }

  async frozen(times = 1): Promise<void> {
    await vi.waitFor(() => {
      const seen = this.story.filter((type) => type === 'instance.frozen').length;
      expect(seen).toBeGreaterThanOrEqual(times);
    });
  }

  async end(): Promise<void> {
    for (const { id } of this.platform.instances()) this.platform.kill(id);
    await this.platform.stop();
  }
}

afterEach(async () => {
  await Promise.all(Stage.all.splice(0).map((stage) => stage.end()));
});

const FROZEN: PolicyChoice = { name: 'keep-alive', freezeIdle: true };

describe.skipIf(driver.lacks.signals !== undefined).each(['api/later.ts', 'api/py/later.py'])(
  'an idle instance of %s is frozen',
  (file) => {
    const missing = driver.missing(fixtureSpec(file));

    test.skipIf(missing !== null)('a call after it is answered, by the same instance', async () => {
      const stage = new Stage(file, FROZEN);
      const first = await stage.call();
      await stage.frozen();
      const second = await stage.call();
      await stage.frozen(2);
      const of = ({ headers }: ResponseMessage, name: string) =>
        headers.find(([key]) => key === name)?.[1];
      expect(second.status).toBe(200);
      expect(of(second, HEADERS.instance)).toBe(of(first, HEADERS.instance));
      expect(of(second, HEADERS.served)).toBe('2');
      const call = ['request.started', 'request.done', 'instance.frozen'];
      const [started, ...rest] = call;
      expect(stage.story).toEqual([...call, started, 'instance.thawed', ...rest]);
    });

    test.skipIf(missing !== null)(
      'what it began stands still until then, and goes on in one that is not frozen',
      async () => {
        const frozen = new Stage(file, FROZEN);
        await frozen.ticks();
        await frozen.frozen();
        const idle = new Stage(file, { name: 'keep-alive' });
        await idle.ticks();
        // So long has passed for both.
        await vi.waitUntil(async () => (await idle.ticks()) >= 20, { interval: 20 });
        expect(await frozen.ticks()).toBeLessThan(10);
      },
    );

    test.skipIf(missing !== null)('a stop lets it leave, and loses no call', async () => {
      const stage = new Stage(file, FROZEN);
      await stage.ticks();
      await stage.frozen();
      const [slow, other] = [stage.ticks('?ms=1500'), stage.ticks()];
      await other;
      await stage.frozen(2);
      const stopped = stage.platform.stop();
      expect(await slow).toBeGreaterThanOrEqual(0);
      // It would be killed only after eleven seconds.
      await stopped;
      const reasons = stage.events.flatMap((event) =>
        event.type === 'instance.stopped' ? [event.reason] : [],
      );
      expect(reasons).toEqual(['shutdown', 'shutdown']);
    });

    test.skipIf(missing !== null)('it is let go after its keep-alive', async () => {
      const stage = new Stage(file, { ...FROZEN, idleTimeoutMs: 50 });
      await stage.ticks();
      await vi.waitFor(() => expect(stage.story.at(-1)).toBe('instance.stopped'));
      expect(stage.story).toContain('instance.frozen');
      expect(stage.platform.instances()).toEqual([]);
    });

    test.skipIf(missing !== null)('it can be killed', async () => {
      const stage = new Stage(file, FROZEN);
      await stage.ticks();
      await stage.frozen();
      const [instance] = stage.platform.instances();
      expect(stage.platform.kill(instance?.id ?? '')).toBe(true);
      await vi.waitFor(() => expect(stage.platform.instances()).toEqual([]));
      expect(await stage.ticks()).toBe(0);
    });
  },
);

test('an instance that takes several calls is frozen only when none is left', async () => {
  const stage = new Stage('api/later.ts', {
    name: 'concurrent',
    concurrency: 2,
    maxInstances: 1,
    freezeIdle: true,
  });
  await Promise.all([stage.ticks('?ms=60'), stage.ticks()]);
  await stage.frozen();
  const calls = ['request.started', 'request.started', 'request.done', 'request.done'];
  expect(stage.story).toEqual([...calls, 'instance.frozen']);
});

test('where instances take no signals it is refused, with what to do', () => {
  const lacking: Driver = {
    lacks: { signals: 'A worker has no signals.' },
    missing: (spec) => driver.missing(spec),
    start: (spec, options) => driver.start(spec, options),
  };
  const stage = new Stage('api/later.ts', { name: 'keep-alive' }, lacking);
  expect(() => stage.policies.set('/api/later', FROZEN)).toThrow(
    /freezeIdle needs instances .* A worker has no signals\. Leave it out here/,
  );
  expect(() => stage.policies.set(null, FROZEN)).toThrow('freezeIdle');
  stage.policies.set('/api/later', { name: 'keep-alive', freezeIdle: false });
});

test('where it stands at the start all the same, instances stay idle', async () => {
  const lacking: Driver = {
    lacks: { signals: 'A worker has no signals.' },
    missing: (spec) => driver.missing(spec),
    start: (spec, options) => driver.start(spec, options),
  };
  const stage = new Stage('api/later.ts', FROZEN, lacking);
  await stage.ticks();
  await vi.waitUntil(async () => (await stage.ticks()) >= 3, { interval: 20 });
  expect(stage.story).not.toContain('instance.frozen');
});
