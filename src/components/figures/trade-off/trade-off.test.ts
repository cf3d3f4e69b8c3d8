import { describe, expect, test } from 'vitest';
import { simulateCourse } from '#faas/simulation/scenario.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { frameOfTradeOff } from './frame.ts';
import { CurveMemory, type SimulateJobs } from './curves.ts';
import { missingOf } from './curve.ts';
import {
  CONCURRENCIES,
  TRADE_OFF_GOALS,
  KEEPS_S,
  keepText,
  TRADE_OFF_DIALS,
  tradeOffOf,
} from './setup.ts';

const dials = (text = ''): ReturnType<typeof tradeOffOf> => tradeOffOf(new URLSearchParams(text));
const simulate: SimulateJobs = (jobs) =>
  Promise.resolve(jobs.map(({ scenario, bins }: SimulationJob) => simulateCourse(scenario, bins)));
/** Nearly all tests look at the same positions: each is simulated once. */
const memory = new CurveMemory();
const curves = (text = ''): ReturnType<CurveMemory['curves']> =>
  memory.curves(dials(text), simulate);

describe('the curve', () => {
  test('is colder to the left and dearer to the right', async () => {
    const { points, single } = await curves();
    expect(single).toBeNull();
    expect(points).toHaveLength(KEEPS_S.length);
    const colds = points.map(({ coldShare }) => coldShare);
    const costs = points.map(({ idleCost }) => idleCost);
    expect(colds).toEqual(colds.toSorted((a, b) => b - a));
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(colds[0]).toBe(1);
    expect(costs[0]).toBe(0);
  });

  test('of one call a minute and no overlap is what chance says: e to the minus keep over gap', async () => {
    const { points } = await curves('calls=60&ms=1');
    KEEPS_S.forEach((keepS, position) => {
      const expected = Math.exp(-keepS / 60);
      expect(Math.abs((points[position]?.coldShare ?? NaN) - expected)).toBeLessThan(0.02);
    });
  });
});

test('positions that were simulated are remembered', async () => {
  let simulated = 0;
  const counting: SimulateJobs = (jobs) => {
    simulated += jobs.length;
    return simulate(jobs);
  };
  const tradeOffs = new CurveMemory();
  await tradeOffs.curves(dials('concurrency=2'), counting);
  expect(simulated).toBe(2 * KEEPS_S.length);
  await tradeOffs.curves(dials('concurrency=2&keep=5&goal=cheap'), counting);
  await tradeOffs.curves(dials('concurrency=0'), counting);
  expect(simulated).toBe(2 * KEEPS_S.length);
});

test.each(TRADE_OFF_GOALS)('the goal “$id” is not met at first, and can be met', async (goal) => {
  const first = await curves(`goal=${goal.id}`);
  expect(frameOfTradeOff(first).isMet).toBe(false);
  expect(frameOfTradeOff(first).verdict).toContain('Not there yet');
  const all = await Promise.all(
    CONCURRENCIES.map((_each, position) => curves(`goal=${goal.id}&concurrency=${position}`)),
  );
  const met = all
    .flatMap(({ points }) => points)
    .filter((point) => missingOf(point, goal) === null);
  expect(met.length).toBeGreaterThan(0);
});

test('the goal of few cold calls asks for both dials: one alone does not reach it', async () => {
  const goal = TRADE_OFF_GOALS[0];
  if (!goal) throw new Error('no goal');
  const keepAlone = await curves();
  expect(keepAlone.points.every((point) => missingOf(point, goal) !== null)).toBe(true);
  const concurrencyAlone = await Promise.all(
    CONCURRENCIES.map((_each, position) => curves(`concurrency=${position}`)),
  );
  const reached = concurrencyAlone.map(({ points }) => points[TRADE_OFF_DIALS.keep.default]);
  expect(reached.every((point) => point && missingOf(point, goal) !== null)).toBe(true);
});

test('the picture is told in a sentence, and equals its table', async () => {
  const {
    html: { drawing, table },
    verdict,
  } = frameOfTradeOff(await curves('keep=2&concurrency=2'));
  expect(verdict).toMatch(/^Kept 30 s, up to 5 calls at once: [\d.]+ % of calls cold, \$[\d.]+ a/);
  expect(drawing).toContain(`aria-label="${verdict.slice(0, 30)}`);
  expect(drawing.match(/data-curve="set" cx/g)).toHaveLength(KEEPS_S.length);
  expect(table.match(/<tr/g)).toHaveLength(KEEPS_S.length + 1);
  expect(table).toContain('<tr aria-current="true"><th scope="row">30 s</th>');
});

test('a keep-alive reads as a person would say it', () => {
  expect(KEEPS_S.map((_s, position) => keepText(position))).toEqual([
    'not at all',
    '10 s',
    '30 s',
    '1 min',
    '2 min',
    '5 min',
    '15 min',
    '30 min',
    '1 h',
  ]);
});
