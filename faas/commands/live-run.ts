/** Runs a scenario's workload on the live platform: the same arrivals, as HTTP calls to a function. */

import { setTimeout as pause } from 'node:timers/promises';
import { sampler } from '../simulation/distribution.ts';
import type { FunctionSpec } from '../core/function.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import { problem } from '../core/problem.ts';
import { Random } from '../simulation/random.ts';
import { Routes } from '../platform/routes.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { arrivals } from '../simulation/workload.ts';
import { Platform } from '../platform/platform.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import { liveIds } from '../platform/live-ids.ts';
import { realClock } from '../platform/real-clock.ts';
import { SCENARIO_OPTIONS, type Scenario } from '../simulation/scenario.ts';
import { Callers } from './callers.ts';
import { EventLog } from '../gateway/event-log.ts';
import { scanFunctions } from '../project/functions.ts';
import { Gateway } from '../gateway/gateway.ts';
import { sendProblem } from '../gateway/message.ts';
import { listen } from '../gateway/server.ts';

/** Placeholder in a URL for the scenario's handler time, in ms. */
export const HANDLER_MS = '{ms}';

/** What to run. */
export interface LiveRunOptions {
  /** Folder of the project. */
  readonly root: string;
  readonly scenario: Scenario;
  /** Path of the function, called by GET. Each {@link HANDLER_MS} in it is drawn anew for each call. */
  readonly url: string;
}

/** The trace of the run, and what its callers saw. */
export interface LiveRun {
  readonly events: readonly TraceEvent[];
  /** When the workload began, in ms, by the clock of the events. */
  readonly beganAt: number;
  readonly callers: Callers;
}

/** Runs the workload in real time. @throws when there is no such function */
export async function liveRun({ root, scenario, url }: LiveRunOptions): Promise<LiveRun> {
  const { policy, seed = SCENARIO_OPTIONS.seed.default } = scenario;
  const spec = specOf(root, scenario, url);
  const driver = new ProcessDriver({ root });
  const events: TraceEvent[] = [];
  const local = (scaling: ScalingPolicy, emit?: (event: TraceEvent) => void): Platform =>
    new Platform({
      functions: [spec],
      driverFor: () => driver,
      policyFor: () => scaling,
      clock: realClock,
      newId: liveIds('live'),
      ...(emit && { emit }),
      place: 'local',
    });

  // A first start fills the cache of compiled files, so that it does not distort the run.
  const first = local(makePolicy({ name: 'keep-alive' }));
  await first.handle({ method: 'GET', url: spec.route, headers: [], body: null });
  await first.stop();

  const platform = local(makePolicy(policy), (event) => events.push(event));
  const gateway = new Gateway({
    platform,
    log: new EventLog(),
    site: (_request, response) => sendProblem(response, problem('not-found', 'Functions only.')),
    onError: (error) => {
      throw error;
    },
  });
  const server = await listen(gateway, '127.0.0.1', 0);
  const callers = new Callers(server.origin);
  const random = new Random(seed);
  const next = arrivals(scenario.workload, random.split('arrivals'));
  const handlerMs = sampler(scenario.timings.handler, random.split('handler'));
  const beganAt = realClock.now();
  platform.begin();
  for (let at = next(); at !== Infinity; at = next()) {
    const early = beganAt + at - realClock.now();
    if (early > 0) await pause(early);
    callers.call(url.replaceAll(HANDLER_MS, () => handlerMs().toFixed(3)));
  }
  await callers.done();
  const { length } = events;
  await server.stop(0);
  await platform.stop();
  return { events: events.slice(0, length), beganAt, callers };
}

function specOf(root: string, { memoryMb, timeLimitS }: Scenario, url: string): FunctionSpec {
  const functions = scanFunctions(root);
  const routes = new Routes(functions);
  const found = routes.destination('GET', url.split('?')[0] ?? '', {
    tag: () => null,
    caller: () => '',
    draw: () => 0,
  });
  if ('code' in found) {
    const known = routes.all.join(', ');
    throw new Error(`${url}: expected the URL of a function that answers GET, one of ${known}`);
  }
  const { spec } = found;
  return {
    ...spec,
    memoryMb: memoryMb ?? spec.memoryMb,
    maxDurationS: timeLimitS ?? spec.maxDurationS,
  };
}
