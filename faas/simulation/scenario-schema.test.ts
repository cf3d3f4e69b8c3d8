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
      ['policy.maxQueued: expected a value of type number or one of "unlimited", found "lots"'],
    ],
    [
      { ...valid, workload },
      [
        'workload.perSecond: expected a number > 0, found -1',
        'workload.durationS: expected a value of type number, found "x"',
      ],
    ],
    [
      { ...valid, timings: { handler } },
      ['timings.handler.p99Ms: expected at least medianMs, found 20'],
    ],
    [
      { ...valid, timings: { ...valid.timings, strat: {} } },
      ['timings.strat: expected no such field; take it out or correct its name'],
    ],
    [{ ...valid, seed: 1.5 }, ['seed: expected a whole number, found 1.5']],
    [
      { ...valid, workload: { is: 'minutes', counts: [] } },
      ['workload.counts: expected at least 1 of them, found []'],
    ],
    [
      { ...valid, policy: {} },
      ['policy.name: expected one of "keep-alive", "concurrent", "fixed", "kpa", found nothing'],
    ],
    [[], ['the file: expected a value of type object, found []']],
  ])('%j', (scenario, mistakes) => {
    expect(mistakesIn(scenario)).toEqual(mistakes.map((mistake) => `mine.json: ${mistake}`));
  });

  test('a file that is not JSON', () => {
    expect(() => readScenario('{', 'mine.json')).toThrow(/^mine\.json: expected JSON; /);
  });
});
