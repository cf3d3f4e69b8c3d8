/**
 * Small stories that show each sign of a timeline once: simulated, and so true to the rules that the
 * lessons run by.
 */

import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { Simulation, type Timings } from '#faas/simulation/simulation.ts';
import { makePolicy } from '#faas/core/scaling/policies.ts';
import type { Workload } from '#faas/simulation/workload.ts';

interface Story {
  readonly policy: PolicyChoice;
  readonly workload: Workload;
  readonly handlerMs: number;
  readonly timeLimitMs?: number;
  /** How long it goes on after the last request has ended, in ms. */
  readonly afterMs: number;
}

const START: Pick<Timings, 'start' | 'init'> = {
  start: { is: 'constant', ms: 60 },
  init: { is: 'constant', ms: 25 },
};

const STORIES = {
  'a life': {
    policy: { name: 'keep-alive', idleTimeoutMs: 4000 },
    workload: { is: 'constant', perSecond: 5, durationS: 0.5 },
    handlerMs: 80,
    afterMs: 5000,
  },
  'at once': {
    policy: { name: 'keep-alive', idleTimeoutMs: 4000 },
    workload: { is: 'constant', perSecond: 20, durationS: 0.3 },
    handlerMs: 150,
    afterMs: 5000,
  },
  shared: {
    policy: { name: 'concurrent', concurrency: 3, idleTimeoutMs: 4000 },
    workload: { is: 'constant', perSecond: 20, durationS: 0.3 },
    handlerMs: 150,
    afterMs: 5000,
  },
  'a queue': {
    policy: { name: 'fixed', servers: 1 },
    workload: { is: 'bursts', size: 4, everyS: 1, durationS: 1 },
    handlerMs: 100,
    afterMs: 100,
  },
  'an end': {
    policy: { name: 'keep-alive', idleTimeoutMs: 4000 },
    workload: { is: 'constant', perSecond: 5, durationS: 0.3 },
    handlerMs: 400,
    timeLimitMs: 250,
    afterMs: 100,
  },
} as const satisfies Record<string, Story>;

export type StoryName = keyof typeof STORIES;

/** The trace of one story; its instances are short-lived, so that their end is in it. */
export function storyOf(name: StoryName): TraceEvent[] {
  const { policy, workload, handlerMs, afterMs, timeLimitMs }: Story = STORIES[name];
  const events: TraceEvent[] = [];
  const simulation = new Simulation({
    policy: makePolicy(policy),
    workload,
    timings: { ...START, handler: { is: 'constant', ms: handlerMs } },
    function: `/api/${name.replaceAll(' ', '-')}`,
    emit: (event) => events.push(event),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  });
  simulation.advance();
  simulation.wait(simulation.clock.now() + afterMs);
  return events;
}
