import { expect, test } from 'vitest';
import { KEYED, keyedRun } from './keyed-run.ts';

test('a queue that knows the keys keeps the order of each, whatever fails', () => {
  expect(keyedRun(true)).toMatchObject({ effects: KEYED.messages, outOfOrder: 0 });
});

test('one that locks and skips does not', () => {
  const { effects, outOfOrder } = keyedRun(false);
  expect(effects).toBe(KEYED.messages);
  expect(outOfOrder).toBeGreaterThan(0);
});
