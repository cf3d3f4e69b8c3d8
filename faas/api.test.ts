import { expect, test } from 'vitest';
import { CONTROLS, HEADERS, LAST_EVENT_ID, OF_FUNCTION, SERVER_TIMING, TIMINGS } from './api.ts';

// Callers outside rely on these names: this test is the only other place that spells them.

test('headers of an answer keep their names', () => {
  expect(HEADERS).toMatchObject({
    place: 'x-faas-place',
    request: 'x-faas-request',
    instance: 'x-faas-instance',
    cold: 'x-faas-cold',
    served: 'x-faas-served',
    code: 'x-faas-code',
  });
  expect(SERVER_TIMING).toBe('server-timing');
  expect(TIMINGS).toEqual(expect.arrayContaining(['queue', 'start', 'init', 'handler']));
});

test('URLs of the controls keep their names', () => {
  expect(CONTROLS).toMatchObject({
    functions: '/_faas/functions',
    instances: '/_faas/instances',
    events: '/_faas/events',
    burst: '/_faas/burst',
    policies: '/_faas/policies',
    faults: '/_faas/faults',
    resources: '/_faas/resources',
  });
  expect([LAST_EVENT_ID, OF_FUNCTION]).toEqual(['lastEventId', 'function']);
});
