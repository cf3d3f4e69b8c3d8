import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billedMs, GRANULARITIES } from './granularity.ts';

test('forty milliseconds, as each provider bills them', () => {
  const billed = GRANULARITIES.map((granularity) => billedMs(40, granularity));
  expect(billed).toEqual([40, 40, 100, 1000, 60_000, 3_600_000]);
});

test('a minimum counts only below it', () => {
  const flex = GRANULARITIES.find(({ provider }) => provider.includes('Flex'));
  if (!flex) throw new Error('no Azure Flex');
  expect(billedMs(1040, flex)).toBe(1100);
  expect(billedMs(0, flex)).toBe(0);
});

test('the list goes from the finest to the coarsest, and nobody bills less than was used', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e7, noNaN: true }), (ms) => {
      const billed = GRANULARITIES.map((granularity) => billedMs(ms, granularity));
      for (const [index, of] of billed.entries()) {
        expect(of + 1e-6).toBeGreaterThanOrEqual(ms);
        expect(of).toBeGreaterThanOrEqual(billed[index - 1] ?? 0);
      }
    }),
  );
});
