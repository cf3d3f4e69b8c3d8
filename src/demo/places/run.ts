/** Reads a run out of an answer, its `Server-Timing` and `x-faas-*` headers, and its events. */

import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { Call, LogLine, PlaceName, Run, Split } from './place.ts';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** When it was asked, in ms since the Unix epoch. */
  readonly at: number;
  /** From asking to the last byte, in ms. */
  readonly totalMs: number;
}

export function runOf(
  place: PlaceName,
  call: Call,
  answer: Answer,
  events: readonly TraceEvent[],
): Run {
  const header = (name: string): string | null =>
    answer.headers.find(([key]) => key === name)?.[1] ?? null;
  const request = header('x-faas-request');
  const instance = header('x-faas-instance');
  const cold = header('x-faas-cold');
  const done = events.findLast(
    (event) => 'request' in event && event.request === request && isEnd(event),
  );
  const report = done?.type === 'request.done' ? done : null;
  const born = events.findLast(
    (event) => event.type === 'instance.starting' && event.instance === instance,
  );
  return {
    place,
    call,
    ...answer,
    split: splitOf(header('server-timing'), answer.totalMs),
    request,
    instance,
    cold: cold === null ? null : cold === '1',
    served: numberOrNull(header('x-faas-served')),
    ageMs: born && done ? done.at - born.at : null,
    cpuMs: report?.cpuMs ?? null,
    memoryMb: report?.memoryMb ?? null,
    code: header('x-faas-code'),
    logs: request === null ? [] : logsOf(request, events),
  };
}

function isEnd(event: TraceEvent): boolean {
  return event.type === 'request.done' || event.type === 'request.failed';
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** What the trace says that `request` printed. */
function logsOf(request: string, events: readonly TraceEvent[]): LogLine[] {
  return events.flatMap((event) =>
    event.type === 'log' && event.request === request
      ? [{ stream: event.stream, text: event.text }]
      : [],
  );
}

/** @param serverTiming such as `queue;dur=1.2, handler;dur=3` */
export function splitOf(serverTiming: string | null, totalMs: number): Split {
  const told = new Map(
    (serverTiming ?? '').split(',').flatMap((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const duration = parameters.find((parameter) => parameter.startsWith('dur='));
      return duration ? [[name, Number(duration.slice(4))] as const] : [];
    }),
  );
  const of = (name: string): number | null => told.get(name) ?? null;
  const split = {
    queue: of('queue'),
    start: of('start'),
    init: of('init'),
    handler: of('handler'),
  };
  const known = Object.values(split).filter((ms) => ms !== null);
  const rest = totalMs - known.reduce((sum, ms) => sum + ms, 0);
  return { ...split, network: known.length > 0 ? Math.max(0, rest) : null };
}
