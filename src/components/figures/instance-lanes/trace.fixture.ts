/** Pieces of a trace for tests. */

import type { StopReason, TraceEvent } from '#faas/core/trace.ts';

const path = '/api/counter';

export function requested(request: string, at: number): TraceEvent {
  return { type: 'request.queued', at, function: path, request, method: 'GET', url: path };
}

/** A request that starts an instance: 40 ms to start, 10 to load, and then it runs. */
export function cold(instance: string, request: string, at: number): TraceEvent[] {
  const of = { function: path, instance };
  return [
    requested(request, at),
    { type: 'instance.starting', at, ...of, request },
    { type: 'instance.ready', at: at + 50, ...of, startMs: 40, initMs: 10, pid: 1 },
    { type: 'request.started', at: at + 50, ...of, request, cold: true, queueMs: 0, served: 1 },
  ];
}

export function warm(instance: string, request: string, at: number): TraceEvent[] {
  const of = { function: path, instance, request };
  return [{ type: 'request.started', at, ...of, cold: false, queueMs: 50, served: 2 }];
}

export function done(instance: string, request: string, at: number): TraceEvent {
  const of = { function: path, instance, request };
  return { type: 'request.done', at, ...of, status: 200, handlerMs: 8, cpuMs: 2, memoryMb: 16 };
}

export function ended(instance: string, at: number, reason: StopReason): TraceEvent {
  return { type: 'instance.stopped', at, function: path, instance, reason, served: 1 };
}
