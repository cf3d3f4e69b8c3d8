import { expect, test } from 'vitest';
import type { FaultName } from '../api.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { ScriptedDriver } from '../drivers/fixtures/scripted-driver.ts';
import type { Driver, Lacks } from '../drivers/protocol.ts';
import { WebWorkerDriver } from '../drivers/web-worker/web-worker-driver.ts';
import { Platform } from './platform.ts';
import { realClock } from './real-clock.ts';

const NAME = '/api/hello';
const EVERY: readonly FaultName[] = [
  'slow-start',
  'failed-start',
  'kill',
  'lost-answer',
  'slow-answer',
  'throttle',
  'few-connections',
];

function platformOn(driver: Driver, file = 'api/hello.ts'): Platform {
  return new Platform({
    functions: [fixtureSpec(file, { name: NAME })],
    driverFor: () => driver,
    policyFor: () => makePolicy({ name: 'keep-alive' }),
    clock: realClock,
    newId: countedIds(),
    place: 'tab',
  });
}

const lacking = (lacks: Lacks): Driver => new ScriptedDriver(undefined, lacks);

/** Those that are refused, each with its reason. */
function refused(platform: Platform): Partial<Record<FaultName, string>> {
  const reasons: Partial<Record<FaultName, string>> = {};
  for (const is of EVERY) {
    try {
      platform.faults.set(NAME, [{ is, ms: 1, most: 1 }]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      reasons[is] = error.message;
    }
  }
  return reasons;
}

test('a driver that can do everything is befallen by every fault', () => {
  expect(refused(platformOn(lacking({})))).toEqual({});
});

test('where instances cannot be killed, that fault is refused with the driver’s reason', () => {
  const driver = lacking({ kill: 'Its provider ends instances when it pleases.' });
  expect(refused(platformOn(driver))).toEqual({
    kill: 'The fault kill cannot befall /api/hello here. Its provider ends instances when it pleases.',
  });
});

test('a function that cannot run here is befallen by no fault but the one before any instance', () => {
  const tab = new WebWorkerDriver({
    codeOf: () => null,
    createWorker: () => Promise.reject(new Error('No worker is made here.')),
  });
  const reasons = refused(platformOn(tab, 'api/py/hello.py'));
  expect(Object.keys(reasons)).toEqual(EVERY.filter((is) => is !== 'throttle'));
  expect(reasons['slow-start']).toMatch(
    /cannot befall \/api\/hello, which cannot run here\. .* written in Python/,
  );
});

test('a refusal leaves what was asked for before', () => {
  const { faults } = platformOn(lacking({ kill: 'No.' }));
  faults.set(NAME, [{ is: 'throttle' }]);
  expect(() => faults.set(NAME, [{ is: 'failed-start' }, { is: 'kill' }])).toThrow(/No\./);
  expect(faults.active).toMatchObject([{ is: 'throttle' }]);
});
