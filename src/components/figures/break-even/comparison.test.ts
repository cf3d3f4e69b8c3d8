import { describe, expect, test } from 'vitest';
import { FUNCTION_TABLES, MACHINE_TABLES } from '#faas/prices/catalog.ts';
import type { Citation } from '#faas/prices/table.ts';
import { lambdaX86 } from '#faas/prices/tables/lambda.ts';
import { rate } from '#src/format/large-number.ts';
import {
  costAlternatives,
  compareCosts,
  priceTableName,
  perSecond,
  slopeBefore,
} from './comparison.ts';
import { FIRST_BREAK_EVEN, breakEvenOf, breakEvenState, type BreakEvenSetup } from './setup.ts';

const UNREAD: Citation = {
  fact: null,
  title: 'Hearsay',
  url: 'https://example.com/',
  asOf: '2026',
  kind: 'unverified',
};
const crossingWith = (change: Partial<BreakEvenSetup>): number =>
  compareCosts({ ...FIRST_BREAK_EVEN, ...change }).crossing?.requests ?? 0;
const millions = (n: number): string => (n / 1e6).toFixed(2);

describe('the derived facts', () => {
  test.each<[string, Partial<BreakEvenSetup>, string, string]>([
    ['T09-13', {}, '11.87', '4.5 a second'],
    ['T09-13, with the free tier', { free: true }, '18.51', '7 a second'],
    ['T09-14', { machine: 'fargate-x86' }, '34.88', '13.3 a second'],
    ['T09-15, large', { ms: 200, mb: 1024 }, '3.47', '1.3 a second'],
    ['T09-15, small', { ms: 50, mb: 128 }, '40.32', '15.3 a second'],
    ['X05-06', { address: true }, '15.40', '5.9 a second'],
  ])('%s', (_fact, change, requests, eachSecond) => {
    const crossing = crossingWith(change);
    expect(millions(crossing)).toBe(requests);
    expect(rate(perSecond(crossing))).toBe(eachSecond);
  });
});

test('two machines have two addresses, and a price that the reader types has its own in it', () => {
  const two = crossingWith({ machines: 2, address: true });
  expect(two / crossingWith({ address: true })).toBeCloseTo(2, 9);
  expect(crossingWith({ machine: 'own-machine', address: true })).toBe(
    crossingWith({ machine: 'own-machine' }),
  );
});

test('a gateway before the function costs more, and the machine is reached earlier', () => {
  expect(crossingWith({ gateway: true })).toBeLessThan(crossingWith({}));
});

test('the share of CPU matters to a provider that bills CPU, and to no other', () => {
  expect(crossingWith({ cpu: 10 })).toBe(crossingWith({ cpu: 90 }));
  expect(crossingWith({ fn: 'vercel-pro', cpu: 10 })).toBeGreaterThan(
    crossingWith({ fn: 'vercel-pro', cpu: 90 }),
  );
});

test('capacity kept ready can cost more than the machine before the first call', () => {
  const kept = compareCosts({
    ...FIRST_BREAK_EVEN,
    fn: 'lambda-arm-provisioned',
    ready: 10,
    calls: 1,
  });
  expect(kept.crossing).toBeNull();
  expect(kept.fn.bill.total).toBeGreaterThan(kept.machine.bill.total);
});

test('two machines cost twice as much and say so; the reader’s own costs what was typed', () => {
  const two = compareCosts({ ...FIRST_BREAK_EVEN, machines: 2 }).machine;
  expect(two.bill.total).toBeCloseTo(24.528, 9);
  expect(two.name).toBe('2 × AWS EC2 (t4g.small)');
  const own = compareCosts({
    ...FIRST_BREAK_EVEN,
    machine: 'own-machine',
    own: 7.5,
    machines: 2,
  }).machine;
  expect(own.bill.total).toBe(15);
  expect(own.name).toBe('2 × your own machine');
});

test('the line of the bill through the crossing gives the crossing back', () => {
  for (const { id } of FUNCTION_TABLES) {
    for (const free of [true, false]) {
      const { fn, machine, perCall, crossing } = compareCosts({
        ...FIRST_BREAK_EVEN,
        fn: id,
        free,
      });
      if (crossing === null) continue;
      const { each, base } = slopeBefore(fn, perCall, crossing.requests);
      expect((machine.bill.total - base) / each / crossing.requests).toBeCloseTo(1, 6);
    }
  }
});

test('every provider is listed at the same load, and a plan that refuses it says so', () => {
  const all = costAlternatives(compareCosts(FIRST_BREAK_EVEN));
  expect(all.map(({ id }) => id)).toEqual(FUNCTION_TABLES.map(({ id }) => id));
  expect(all.filter(({ refused }) => refused).map(({ id }) => id)).toEqual([
    'vercel-hobby',
    'workers-free',
  ]);
});

test('a price that was read on no dated page is named as such', () => {
  const names = [...FUNCTION_TABLES, ...MACHINE_TABLES].map(priceTableName);
  expect(names.filter((name) => name.includes('not verified'))).toEqual([]);
  const fee = { label: 'Plan', price: 5, citation: UNREAD };
  expect(priceTableName({ ...lambdaX86, fees: [fee] })).toBe(
    'AWS Lambda (x86, on demand, price not verified)',
  );
});

test('a state goes into a link and comes back', () => {
  const setup = { ...FIRST_BREAK_EVEN, free: true, own: 6.49, fn: 'workers-paid', calls: 123 };
  expect(breakEvenOf(breakEvenState(setup))).toEqual(setup);
  expect(breakEvenOf(new URLSearchParams('ms=7'))).toEqual({ ...FIRST_BREAK_EVEN, ms: 7 });
});

test('an unknown table is named with those there are', () => {
  expect(() => compareCosts({ ...FIRST_BREAK_EVEN, fn: 'lambda' })).toThrow(
    /"lambda".*lambda-x86, lambda-arm/,
  );
});
