import { expect, it } from 'vitest';
import { partsOfRead, READS } from './reads.ts';
import { measureStore, storeTables } from './store.ts';

it('a read is measured by each way, and the database asleep, awake and full', async () => {
  const figures = await measureStore({ reads: 2, rounds: 1 });
  expect(Object.values(figures.readMs).every((ms) => ms > 0 && ms < Infinity)).toBe(true);
  expect(figures.wakeMs.store).toBeGreaterThan(0);
  const text = storeTables(figures);
  expect(text).toContain('a read of the guestbook');
  expect(text).toMatch(/with all 17 connections that functions can have/);
});

it('the parts of a read are the whole of it', () => {
  const ms = [0.1, 0.2, 0.5, 0.7, 1.6];
  const leastMs = Object.fromEntries(Object.values(READS).map((way, i) => [way, ms[i] ?? NaN]));
  const parts = partsOfRead(leastMs);
  expect(parts.map(([, part]) => part.toFixed(1))).toEqual(['0.2', '0.5', '0.1', '0.2', '0.6']);
  expect(parts.reduce((sum, [, part]) => sum + part, 0)).toBeCloseTo(1.6);
});
