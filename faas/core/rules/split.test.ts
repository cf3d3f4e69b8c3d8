import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Split } from './split.ts';

const CALLERS = Array.from({ length: 3000 }, (_none, n) => `caller-${n}`);

/** With so many per cent for the canary. */
const split = (canary: number, salt = '/api/hello'): Split =>
  new Split(salt, [
    { revision: 'steady', weight: 100 - canary },
    { revision: 'canary', weight: canary },
  ]);

/** Three standard deviations of a count among 3,000, of which each is one with the chance of a weight. */
function within(count: number, weight: number): boolean {
  const chance = weight / 100;
  const deviation = Math.sqrt(3000 * chance * (1 - chance));
  return Math.abs(count - 3000 * chance) <= 3 * deviation;
}

describe('by caller', () => {
  test('a tenth of three thousand callers is within three standard deviations, and so is any other share', () => {
    for (const weight of [1, 5, 10, 25, 50, 73, 90, 99]) {
      const given = split(weight);
      const found = CALLERS.filter((caller) => given.ofCaller(caller) === 'canary').length;
      expect({ weight, found, within: within(found, weight) }).toMatchObject({ within: true });
    }
  });

  test('a caller keeps their revision', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), (caller, weight) => {
        expect(split(weight).ofCaller(caller)).toBe(split(weight).ofCaller(caller));
      }),
    );
  });

  test('a weight that grows moves nobody back, and one that shrinks moves nobody forward', () => {
    for (let weight = 1; weight < 99; weight += 7) {
      const [before, after] = [split(weight), split(weight + 1)];
      const back = CALLERS.filter(
        (caller) => before.ofCaller(caller) === 'canary' && after.ofCaller(caller) !== 'canary',
      );
      expect(back).toEqual([]);
    }
  });

  test('among three revisions, a caller leaves only one whose weight shrinks', () => {
    const weight = fc.integer({ min: 1, max: 98 });
    fc.assert(
      fc.property(fc.string(), weight, weight, weight, (caller, a, b, c) => {
        const shares = (of: readonly number[]) =>
          new Split(
            '/api/hello',
            of.map((each, n) => ({ revision: 'abc'.charAt(n), weight: each })),
          );
        const [before, after] = [shares([a, b, c]), shares([a, b, c + 1])];
        const moved = after.ofCaller(caller);
        expect([before.ofCaller(caller), 'c']).toContain(moved);
      }),
    );
  });

  test('each route shares the same callers in its own way', () => {
    const [one, other] = [split(50), split(50, '/api/other')];
    const alike = CALLERS.filter((caller) => one.ofCaller(caller) === other.ofCaller(caller));
    expect(within(alike.length, 50)).toBe(true);
  });
});

describe('by call', () => {
  test('the share of three thousand calls is within three standard deviations', () => {
    let state = 7;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (const weight of [5, 10, 50, 90]) {
      const given = split(weight);
      const found = CALLERS.filter(() => given.ofDraw(random()) === 'canary').length;
      expect({ weight, within: within(found, weight) }).toEqual({ weight, within: true });
    }
  });

  test('a draw outside of its range is refused', () => {
    expect(() => split(10).ofDraw(1)).toThrow('from 0 up to and without 1; 1 came');
    expect(() => split(10).ofDraw(NaN)).toThrow('NaN came');
    expect(() => split(10).ofDraw(-0.1)).toThrow('-0.1 came');
  });
});

test('a revision without weight gets nobody, and without any weight there is nothing to share', () => {
  expect(new Set(CALLERS.map((caller) => split(0).ofCaller(caller)))).toEqual(new Set(['steady']));
  expect(() => new Split('/api/hello', [{ revision: 'a', weight: 0 }])).toThrow(/weight above 0/);
});
