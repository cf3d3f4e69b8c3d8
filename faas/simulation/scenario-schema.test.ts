import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readScenario, SCENARIO_JSON_SCHEMA } from './scenario-schema.ts';

const FOLDER = 'faas/simulation/scenarios';

const valid = {
  policy: { name: 'keep-alive' },
  workload: { is: 'poisson', perSecond: 1, durationS: 10 },
  timings: { handler: { is: 'constant', ms: 5 } },
};

function mistakesIn(scenario: unknown): string[] {
  try {
    readScenario(JSON.stringify(scenario), 'mine.json');
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}

test('the JSON Schema in the repository is the one the command checks with', () => {
  const file = readFileSync('faas/simulation/scenario.schema.json', 'utf8');
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(SCENARIO_JSON_SCHEMA)));
});

test.each(readdirSync(FOLDER))('the example %s is a scenario', (file) => {
  expect(() => readScenario(readFileSync(`${FOLDER}/${file}`, 'utf8'), file)).not.toThrow();
});

test('"unlimited" is infinity', () => {
  const policy = { name: 'fixed', maxQueued: 'unlimited' };
  const read = readScenario(JSON.stringify({ ...valid, policy }), 'mine.json');
  expect(read.policy).toEqual({ name: 'fixed', maxQueued: Infinity });
});

test('a model may have more instances than a machine', () => {
  const policy = { name: 'kpa', minScale: 2000, maxScale: 0, initialScale: 5000 };
  expect(readScenario(JSON.stringify({ ...valid, policy }), 'mine.json').policy).toEqual(policy);
});

test('a byte order mark before the text is as if it were not there', () => {
  expect(readScenario(`\uFEFF${JSON.stringify(valid)}`, 'mine.json')).toEqual(valid);
});

describe('a mistake is told with its field, what was expected and what came', () => {
  const workload = { is: 'poisson', perSecond: -1, durationS: 'x' };
  const handler = { is: 'lognormal', medianMs: 50, p99Ms: 20 };
  test.each([
    [
      { ...valid, policy: { name: 'keepalive' } },
      [
        'policy.name: expected one of "keep-alive", "concurrent", "fixed", "kpa", found "keepalive"',
      ],
    ],
    [{ ...valid, policy: undefined }, ['policy: expected a value of type object, found nothing']],
    [
      { ...valid, policy: { name: 'fixed', maxQueued: 'lots' } },
      ['policy.maxQueued: expected a whole number ≥ 0 calls, or "unlimited", found "lots"'],
    ],
    [
      { ...valid, workload },
      [
        'workload.perSecond: expected a number > 0 calls a second, found -1',
        'workload.durationS: expected a number > 0 s, found "x"',
      ],
    ],
    [
      { ...valid, timings: { handler } },
      ['timings.handler.p99Ms: expected at least medianMs, which is 50, found 20'],
    ],
    [
      { ...valid, timings: { ...valid.timings, strat: {} } },
      ['timings.strat: expected no such field; take it out or correct its name'],
    ],
    [{ ...valid, seed: 1.5 }, ['seed: expected a whole number, found 1.5']],
    [
      { ...valid, workload: { is: 'minutes', counts: [] } },
      ['workload.counts: expected a list, not empty, each a whole number ≥ 0 calls, found []'],
    ],
    [
      { ...valid, workload: { is: 'minutes', counts: [3, -1] } },
      ['workload.counts.1: expected a whole number ≥ 0 calls, found -1'],
    ],
    [
      { ...valid, policy: {} },
      ['policy.name: expected one of "keep-alive", "concurrent", "fixed", "kpa", found nothing'],
    ],
    [
      {
        ...valid,
        policy: {
          name: 'kpa',
          panicThresholdPercentage: 1,
          panicWindowPercentage: 5000,
          maxScaleUpRate: 0.5,
        },
      },
      [
        'policy.panicWindowPercentage: expected a number from 1 to 100 %, found 5000',
        'policy.panicThresholdPercentage: expected a number from 110 to 1000 %, found 1',
        'policy.maxScaleUpRate: expected a number > 1, found 0.5',
      ],
    ],
    [
      { ...valid, policy: { name: 'kpa', minScale: 5, maxScale: 2 } },
      ['policy.maxScale: expected at least minScale, which is 5, found 2'],
    ],
    [
      { ...valid, policy: { name: 'concurrent', maxInstances: 1, minInstances: 2 } },
      ['policy.maxInstances: expected at least minInstances, which is 2, found 1'],
    ],
    [[], ['the file: expected a value of type object, found []']],
  ])('%j', (scenario, mistakes) => {
    expect(mistakesIn(scenario)).toEqual(mistakes.map((mistake) => `mine.json: ${mistake}`));
  });

  test('a file that is not JSON', () => {
    expect(() => readScenario('{', 'mine.json')).toThrow(/^mine\.json: expected JSON; /);
  });
});
