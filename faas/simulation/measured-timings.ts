/** Extracts measured timings from a trace, for a simulation of the same function. */

import type { Distribution } from './distribution.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import type { Timings } from './simulation.ts';

/**
 * The time that each answered request occupied its instance: the handler, plus handing over and back,
 * during which the pool waits too. Cold and warm requests are separate when there are both. Start
 * and init times come from all instances that became ready.
 *
 * @throws when no request was answered
 */
export function measuredTimings(events: Iterable<TraceEvent>): Timings {
  const startsMs: number[] = [];
  const initsMs: number[] = [];
  const warmMs: number[] = [];
  const coldMs: number[] = [];
  const begun = new Map<string, { readonly at: number; readonly cold: boolean }>();
  for (const event of events) {
    if (event.type === 'instance.ready') {
      startsMs.push(event.startMs);
      initsMs.push(event.initMs);
    } else if (event.type === 'request.started') {
      begun.set(event.request, event);
    } else if (event.type === 'request.done') {
      const { at, cold } = begun.get(event.request) ?? {
        at: event.at - event.handlerMs,
        cold: false,
      };
      (cold ? coldMs : warmMs).push(event.at - at);
      begun.delete(event.request);
    }
  }
  const [handler, coldHandler] = warmMs.length > 0 ? [warmMs, coldMs] : [coldMs, []];
  if (handler.length === 0) {
    throw new Error(
      'measuredTimings: expected a trace in which requests were answered, found none; run the workload first.',
    );
  }
  return {
    ...(startsMs.length > 0 ? { start: measured(startsMs), init: measured(initsMs) } : {}),
    handler: measured(handler),
    ...(coldHandler.length > 0 ? { coldHandler: measured(coldHandler) } : {}),
  };
}

function measured(samplesMs: readonly number[]): Distribution {
  return { is: 'measured', samplesMs };
}
