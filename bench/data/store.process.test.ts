import { expect, it } from 'vitest';
import { measureStore, storeTables } from './store.ts';

it('a read is measured by each way, and the database asleep, awake and full', async () => {
  const figures = await measureStore({ reads: 2, rounds: 1 });
  expect(Object.values(figures.readMs).every((ms) => ms > 0 && ms < Infinity)).toBe(true);
  expect(figures.wakeMs.store).toBeGreaterThan(0);
  const text = storeTables(figures);
  expect(text).toContain('a read of the guestbook');
  expect(text).toMatch(/with all 17 connections that functions can have/);
});
