import { expect, test } from 'vitest';
import { VirtualClock } from '../core/time/virtual-clock.ts';
import { Faults } from '../platform/faults.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { faultResource } from './fault-resource.ts';

const PATH = '/api/contract';
const faults = new Faults(new VirtualClock());
const resource = faultResource({ faults, functions: [fixtureSpec('api/contract.ts')] });

test('faults that are set are in force until they are cleared', () => {
  resource.put({
    function: PATH,
    faults: [{ is: 'slow-start', ms: 500, times: 3 }, { is: 'kill' }],
  });
  expect(resource.get()).toEqual([
    { function: PATH, is: 'slow-start', ms: 500, left: 3, endsAt: 600_000 },
    { function: PATH, is: 'kill', left: 1, endsAt: 600_000 },
  ]);
  resource.delete(PATH);
  expect(resource.get()).toEqual([]);
});

test.for([
  [{ faults: [{ is: 'kill' }] }, /"function" is one of \/api\/contract; null came/],
  [{ function: '/api/nothing', faults: [] }, /"\/api\/nothing" came/],
  [{ function: PATH }, /"faults" is a list.*undefined came/],
  [{ function: PATH, faults: [7] }, /"is" is one of slow-start, .*; 7 came/],
  [{ function: PATH, faults: [{ is: 'toString' }] }, /"is" is one of/],
  [
    { function: PATH, faults: [{ is: 'kill', ms: 5 }] },
    /kill has no option "ms"\. Its options: afterMs, times/,
  ],
  [
    { function: PATH, faults: [{ is: 'slow-start' }] },
    /"ms" of the fault slow-start is missing\. Expected a whole number from 0 to 60000 ms/,
  ],
  [
    { function: PATH, faults: [{ is: 'slow-answer', ms: 1e9 }] },
    /is 1000000000\. Expected a whole number from 0 to 60000 ms/,
  ],
  [
    { function: PATH, faults: [{ is: 'few-connections' }] },
    /"most".*is missing\. Expected .*from 0 to 1000 connections/,
  ],
  [
    { function: PATH, faults: [{ is: 'throttle', times: 0 }] },
    /"times".* is 0\. Expected .*from 1 to 1000 times; leave it out/,
  ],
  [{ function: PATH, faults: [{ is: 'throttle', forMs: 1e6 }] }, /"forMs".*from 1 to 600000 ms/],
] as const)('%j is refused with what was expected', ([value, message]) => {
  expect(() => resource.put(value)).toThrow(message);
  expect(resource.get()).toEqual([]);
});
