import { expect, it } from 'vitest';
import { measureTicks, ticksTableText } from './ticks.ts';

it('an hour has a tick every two seconds, and its row says what it may take', () => {
  const times = measureTicks(1);
  expect(times.ticks).toBeGreaterThan(1800);
  expect(ticksTableText(times).split('\n').at(-1)).toMatch(/an hour.*50 \|$/);
});
