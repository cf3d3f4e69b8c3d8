import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FunctionSpec } from '../core/function.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { Routes, type Chooser } from './routes.ts';
import type { RouteSplits } from '../core/rules/split.ts';

const hello = (revision: string, about: Partial<FunctionSpec> = {}): FunctionSpec =>
  fixtureSpec('api/hello.ts', { name: 'greeter', revision, ...about });

const functions = [
  hello('a'),
  hello('b'),
  fixtureSpec('api/items/[id].ts', { name: 'items', methods: ['POST'] }),
];
const weights = (a: number, b: number): RouteSplits => ({
  '/api/hello': {
    by: 'call',
    revisions: [
      { revision: 'a', weight: a },
      { revision: 'b', weight: b, tag: 'canary' },
    ],
  },
});

/** A call that is asked for nothing but what is given. */
function asks(given: Partial<Chooser>): Chooser {
  const never = (): never => {
    throw new Error('nothing is to be asked');
  };
  return { tag: () => null, caller: never, draw: never, ...given };
}

/** The revision that a call with this draw goes to. */
function drawn(routes: Routes, draw: number): string {
  const found = routes.destination('GET', '/api/hello', asks({ draw: () => draw }));
  if ('code' in found) throw new Error(found.code);
  return `${found.spec.name} ${found.spec.revision}`;
}

describe('a route leads to a revision', () => {
  test('the only one, without any draw', () => {
    const routes = new Routes([hello('a')]);
    expect(routes.destination('GET', '/api/hello', asks({}))).toMatchObject({
      spec: { name: 'greeter', revision: 'a' },
      params: {},
      by: null,
    });
  });

  test('by weight, the same for the same draw', () => {
    const routes = new Routes(functions, weights(90, 10));
    expect([0, 0.5, 0.8999].map((draw) => drawn(routes, draw))).toEqual(Array(3).fill('greeter a'));
    expect([0.9, 0.9999].map((draw) => drawn(routes, draw))).toEqual(Array(2).fill('greeter b'));
  });

  test('never to one whose weight is 0', () => {
    const routes = new Routes(functions, weights(0, 100));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (draw) => {
        expect(drawn(routes, draw)).toBe('greeter b');
      }),
    );
  });

  test('of even draws, each takes the share of its weight', () => {
    const routes = new Routes(functions, weights(73, 27));
    const all = Array.from({ length: 1000 }, (_none, n) => drawn(routes, n / 1000));
    expect(all.filter((one) => one === 'greeter a')).toHaveLength(730);
  });

  test('by caller if not told otherwise, and the same for each call of one', () => {
    const revisions = weights(50, 50)['/api/hello']?.revisions ?? [];
    const routes = new Routes(functions, { '/api/hello': { revisions } });
    const goes = (caller: string): unknown =>
      routes.destination('GET', '/api/hello', asks({ caller: () => caller }));
    expect(goes('ada')).toMatchObject({ by: 'caller' });
    expect(goes('ada')).toEqual(goes('ada'));
    const all = Array.from({ length: 40 }, (_none, n) => JSON.stringify(goes(`caller-${n}`)));
    expect(new Set(all).size).toBe(2);
  });

  test('by its tag, whatever the weights', () => {
    const routes = new Routes(functions, weights(100, 0));
    const goes = (tag: string): unknown =>
      routes.destination('GET', '/api/hello', asks({ tag: () => tag }));
    expect(goes('canary')).toMatchObject({ spec: { revision: 'b' } });
    expect(goes('canry')).toEqual({ code: 'function-not-found', tags: ['canary'] });
  });

  test('with what its dynamic segments are, when it answers the method', () => {
    const routes = new Routes(functions, weights(50, 50));
    expect(routes.destination('POST', '/api/items/42', asks({}))).toMatchObject({
      spec: { name: 'items' },
      params: { id: '42' },
    });
    expect(routes.destination('GET', '/api/items/42', asks({}))).toEqual({
      code: 'method-not-allowed',
      allow: ['POST'],
      spec: expect.objectContaining({ name: 'items' }) as unknown,
    });
    expect(routes.destination('GET', '/api/nothing', asks({}))).toEqual({
      code: 'function-not-found',
    });
  });
});

describe('functions and weights that do not match are refused', () => {
  test.each<[string, FunctionSpec[], RouteSplits, RegExp]>([
    ['two revisions without weights', functions, {}, /revisions a, b, and no weights/],
    ['weights that leave calls over', functions, weights(90, 9), /add up to 99. Expected 100/],
    ['a weight below 0', functions, weights(110, -10), /weight of a .* is 110/],
    ['half a percent', functions, weights(99.5, 0.5), /weight of a .* is 99.5/],
    ['a weight that is no number', functions, weights(NaN, 100), /weight of a .* is NaN/],
    [
      'an unknown revision',
      [hello('a')],
      { '/api/hello': { revisions: [{ revision: 'c', weight: 100 }] } },
      /for the revision c. Expected one of a/,
    ],
    [
      'one revision twice',
      functions,
      {
        '/api/hello': {
          revisions: [
            { revision: 'a', weight: 50 },
            { revision: 'a', weight: 50 },
          ],
        },
      },
      /has two weights/,
    ],
    [
      'an unknown route',
      [hello('a')],
      { '/api/helo': { revisions: [{ revision: 'a', weight: 100 }] } },
      /for the route \/api\/helo.*one of \/api\/hello/,
    ],
    [
      'one tag for two',
      functions,
      {
        '/api/hello': {
          revisions: [
            { revision: 'a', weight: 50, tag: 'new' },
            { revision: 'b', weight: 50, tag: 'new' },
          ],
        },
      },
      /have the tag new/,
    ],
    ['two revisions of one name', [hello('a'), hello('a')], {}, /two revisions called a/],
    [
      'two functions on one route',
      [hello('a'), hello('a', { name: 'other' })],
      {},
      /leads to greeter and other/,
    ],
  ])('%s', (_what, specs, shares, message) => {
    expect(() => new Routes(specs, shares)).toThrow(message);
  });
});
