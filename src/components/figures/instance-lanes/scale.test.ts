import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeScale } from './scale.ts';

test('without a long silence time is drawn as it is', () => {
  const scale = new TimeScale({ from: 100, to: 200 }, [{ from: 100, to: 190 }]);
  expect([100, 145, 190, 200].map((ms) => scale.at(ms))).toEqual([0, 0.45, 0.9, 1]);
});

test('a long silence is folded to two fifths of what happens', () => {
  const scale = new TimeScale({ from: 0, to: 10_100 }, [
    { from: 0, to: 50 },
    { from: 10_050, to: 10_100 },
  ]);
  expect(scale.pieces.map(({ folded }) => folded)).toEqual([false, true, false]);
  const [, fold] = scale.pieces;
  expect((fold?.end ?? 0) - (fold?.start ?? 0)).toBeCloseTo(40 / 140);
});

test('a silence that grows moves nothing backwards, and then moves nothing at all', () => {
  const shown = [10, 20, 50, 1000, 9000].map((silence) =>
    new TimeScale({ from: 0, to: 50 + silence }, [{ from: 0, to: 50 }]).at(50),
  );
  expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  expect(shown.at(-1)).toBeCloseTo(shown.at(-2) ?? 0);
});

test('things that happen at once are drawn once', () => {
  const scale = new TimeScale({ from: 0, to: 100 }, [
    { from: 0, to: 60 },
    { from: 20, to: 40 },
    { from: 30, to: 100 },
  ]);
  expect(scale.at(50)).toBe(0.5);
});

test('ticks are round, in the open, and about as many as asked for', () => {
  const scale = new TimeScale({ from: 1000, to: 11_090 }, [
    { from: 1000, to: 1045 },
    { from: 11_045, to: 11_090 },
  ]);
  expect(scale.ticks(8)).toEqual([0, 20, 40, 10_060, 10_080]);
});

test('later is never drawn before earlier, and all is drawn within the axis', () => {
  const stretch = fc
    .tuple(fc.nat(5000), fc.nat(500))
    .map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(stretch), fc.nat(6000), fc.nat(6000), (happenings, a, b) => {
      const scale = new TimeScale({ from: 0, to: 5500 }, happenings);
      const [early, late] = [scale.at(Math.min(a, b)), scale.at(Math.max(a, b))];
      expect(early).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(1 + 1e-9);
      expect(early).toBeLessThanOrEqual(late + 1e-9);
    }),
  );
});
