/** Reads a run out of an answer, its headers, and its events. */

import { HEADERS, SERVER_TIMING, type BurstAnswer, type Timing } from '#faas/api.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { FunctionCall, LogLine, PlaceName, RuleNote, Run, TimeSplit } from './place.ts';

/** What came back of one call, whether the page made it or the gateway in a burst. */
export type CallAnswer = BurstAnswer;

/** @param events of the place, from before the call on; without them a run knows less of its instance */
export function runOf(
  place: PlaceName,
  call: FunctionCall,
  answer: CallAnswer,
  events: readonly TraceEvent[],
): Run {
  const header = (name: string): string | null =>
    answer.headers.find(([key]) => key === name)?.[1] ?? null;
  const request = header(HEADERS.request);
  const instance = header(HEADERS.instance);
  const cold = header(HEADERS.cold);
  const done = events.findLast(
    (event) => 'request' in event && event.request === request && isEnd(event),
  );
  const report = done?.type === 'request.done' ? done : null;
  const born = events.findLast(
    (event) => event.type === 'instance.starting' && event.instance === instance,
  );
  const rules = rulesFor(request, events);
  return {
    place,
    call,
    ...answer,
    ...(rules.length > 0 && { rules }),
    split: splitOf(header(SERVER_TIMING), answer.totalMs, streamedMs(request, events)),
    request,
    instance,
    cold: cold === null ? null : cold === '1',
    served: numberOrNull(header(HEADERS.served)),
    ageMs: born && done ? done.at - born.at : null,
    cpuMs: report?.cpuMs ?? null,
    memoryMb: report?.memoryMb ?? null,
    code: header(HEADERS.code),
    logs: [
      ...(cold === '1' ? linesOf(startLogs(instance, events)) : []),
      ...(request === null ? [] : linesOf(callLogs(request, events))),
    ],
  };
}

/** What the front door decided, in its order. */
function rulesFor(request: string | null, events: readonly TraceEvent[]): RuleNote[] {
  return events.flatMap((event) => {
    if (!('route' in event) || event.request !== request) return [];
    const outcome = event.type.slice('rule.'.length) as RuleNote['outcome'];
    return [{ rule: event.subject.name as RuleNote['rule'], outcome, why: event.why }];
  });
}

function isEnd(event: TraceEvent): boolean {
  return event.type === 'request.done' || event.type === 'request.failed';
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function isLog(event: TraceEvent): event is Extract<TraceEvent, { type: 'log' }> {
  return event.type === 'log';
}

/** What an instance printed while it loaded its code: shown with the call that waited for it. */
function startLogs(instance: string | null, events: readonly TraceEvent[]): TraceEvent[] {
  const ready = events.find(
    (event) => event.type === 'instance.ready' && event.instance === instance,
  );
  return events.filter(
    (event) =>
      isLog(event) &&
      event.request === null &&
      event.instance === instance &&
      event.at <= (ready?.at ?? 0),
  );
}

function callLogs(request: string, events: readonly TraceEvent[]): TraceEvent[] {
  return events.filter((event) => isLog(event) && event.request === request);
}

function linesOf(events: readonly TraceEvent[]): LogLine[] {
  return events.filter(isLog).map(({ stream, text }) => ({ stream, text }));
}

/** How long the handler of an answer in parts took: its headers left with the first part. */
function streamedMs(request: string | null, events: readonly TraceEvent[]): number | null {
  const own = events.filter((event) => 'request' in event && event.request === request);
  if (!own.some(({ type }) => type === 'request.streaming')) return null;
  const done = own.find((event) => event.type === 'request.done');
  return done?.type === 'request.done' ? done.handlerMs : null;
}

/**
 * @param serverTiming such as `queue;dur=1.2, handler;dur=3`
 * @param handlerMs where it is known better than in `serverTiming`. @default as that says
 */
export function splitOf(
  serverTiming: string | null,
  totalMs: number,
  handlerMs: number | null = null,
): TimeSplit {
  const told = new Map(
    (serverTiming ?? '').split(',').flatMap((entry) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const duration = parameters.find((parameter) => parameter.startsWith('dur='));
      return duration ? [[name, Number(duration.slice(4))] as const] : [];
    }),
  );
  const of = (name: Timing): number | null => told.get(name) ?? null;
  const split = {
    queue: of('queue'),
    start: of('start'),
    init: of('init'),
    handler: handlerMs ?? of('handler'),
  };
  const known = Object.values(split).filter((ms) => ms !== null);
  const rest = totalMs - known.reduce((sum, ms) => sum + ms, 0);
  return { ...split, network: known.length > 0 ? Math.max(0, rest) : null };
}
