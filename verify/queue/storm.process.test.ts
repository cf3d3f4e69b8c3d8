import { expect, test } from 'vitest';
import { storm } from './storm.ts';

// That a wrong consumer is found is for `--consumer acts-first` to show: it takes as long again.
test('a gateway, a Postgres and consumers are killed: nothing is lost, each effect is there once', async () => {
  // The first four of this seed have each kind in them.
  const { verdicts, accepted } = await storm({ kills: 4, seed: 16, tell: () => undefined });
  expect(verdicts.map(({ disagreement }) => disagreement)).toEqual([null, null, null, null]);
  expect(accepted).toBeGreaterThanOrEqual(4);
});
