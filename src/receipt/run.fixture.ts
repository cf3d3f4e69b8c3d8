/** A plausible run for tests; each says what matters to it. */

import type { Run } from '#src/places/place.ts';

export function aRun(change: Partial<Run> = {}): Run {
  return {
    place: 'local',
    call: { function: '/api/counter', method: 'GET', url: '/api/counter', headers: [], body: null },
    at: Date.UTC(2026, 10, 23, 8, 5),
    totalMs: 70,
    status: 200,
    headers: [['content-type', 'application/json']],
    body: '{"count":1,"handlerCount":1}',
    split: { queue: null, start: 40, init: 12, handler: 8, network: 10 },
    request: 'r1',
    instance: 'counter-1',
    cold: true,
    served: 1,
    ageMs: 61,
    cpuMs: 3.5,
    memoryMb: 17.2,
    code: 'a'.repeat(64),
    logs: [],
    ...change,
  };
}
