import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LAW_CALLS } from '../../../test/fixtures/law-calls.ts';
import { CallLimit, takeFromAll } from './call-limits.ts';

const NOW = 1_800_000_000_000;
const KEYS = ['ada', 'grace', 'eve'] as const;
const options = fc.record({
  rate: fc.integer({ min: 1, max: 50 }),
  burst: fc.integer({ min: 1, max: 20 }),
});

/** A key's limit, and that of the route. */
function limitsFor(plan: object, route: { rate: number; burst: number }) {
  const of = CallLimit.ofKey('free', { rate: 1, burst: 1, ...plan });
  return [...of.parts, ...CallLimit.ofRoute(route).parts];
}

it(`with ${LAW_CALLS} random calls: what one limit refuses takes nothing from any other`, () => {
  const calls = fc.array(fc.nat({ max: 2 ** 20 }), { minLength: 500, maxLength: 500 });
  const plans = fc.record({
    rate: fc.integer({ min: 1, max: 50 }),
    burst: fc.nat(9).map((n) => n + 1),
    quota: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(plans, options, calls, (plan, route, numbers) => {
      const shared = CallLimit.ofRoute(route).parts;
      const keys = new Map(
        KEYS.map((key) => [key, CallLimit.ofKey('free', { ...plan, periodS: 60 }).parts]),
      );
      let now = NOW;
      const asked = numbers.map((number) => {
        now += (number >> 2) % 90;
        return { key: KEYS[number % KEYS.length] ?? 'ada', now };
      });
      const run = (all: typeof asked, of: typeof keys, route_: typeof shared) =>
        all.filter((call) => {
          const parts = [...(of.get(call.key) ?? []), ...route_];
          return takeFromAll(parts, call.now).refusal === null;
        });
      const let_ = run(asked, keys, shared);
      const again = new Map(
        KEYS.map((key) => [key, CallLimit.ofKey('free', { ...plan, periodS: 60 }).parts]),
      );
      expect(run(let_, again, CallLimit.ofRoute(route).parts)).toHaveLength(let_.length);
    }),
    { numRuns: LAW_CALLS / 500 },
  );
});

it('says for each limit what it is, what is left and when all of it is there again', () => {
  const parts = limitsFor({ burst: 2, quota: 10, periodS: 60 }, { rate: 5, burst: 10 });
  expect(takeFromAll(parts, 0)).toEqual({
    refusal: null,
    fields: [
      ['ratelimit-policy', '"key";q=2;w=2, "quota";q=10;w=60, "route";q=10;w=2'],
      ['ratelimit', '"key";r=1;t=1, "quota";r=9;t=60, "route";r=9;t=1'],
    ],
    left: '1 of 2, 9 of 10, 9 of 10',
  });
});

it('names the limit that refuses, and when to come again', () => {
  const parts = limitsFor({ burst: 9, quota: 1, periodS: 60 }, { rate: 5, burst: 10 });
  takeFromAll(parts, 15_000);
  expect(takeFromAll(parts, 15_000).refusal).toEqual({
    code: 'quota-used-up',
    of: 'the plan free',
    retryAfterS: 45,
  });
});
