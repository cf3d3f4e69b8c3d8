/**
 * Calls that call one another, as a tree, and the path through it on which the time went. Built from the
 * events of any trace: live, recorded or simulated.
 */

import type { ProblemCode } from '../problem.ts';
import type { FunctionSubject, TraceEvent } from './trace.ts';

/** One call of a function, and the calls that it made. Times are those of the trace. */
export interface TracedCall {
  readonly request: string;
  /** What answered. */
  readonly subject: FunctionSubject;
  readonly method: string;
  /** As it was asked. */
  readonly url: string;
  readonly span: string;
  readonly parent: string | null;
  readonly queuedMs: number;
  /** When it was handed to its instance; null if that has not happened. */
  readonly startedMs: number | null;
  /** Null while it runs. */
  readonly endedMs: number | null;
  /** HTTP status; null while it runs and when it failed. */
  readonly status: number | null;
  readonly code: ProblemCode | null;
  /** Whether an instance was started for it. */
  readonly cold: boolean;
  /** Of that start, in ms; 0 when warm, and as long as it is not known. */
  readonly coldMs: number;
  readonly handlerMs: number;
  /** Null where it cannot be measured. */
  readonly cpuMs: number | null;
  /** In the order they came. */
  readonly calls: readonly TracedCall[];
}

type Growing = { -readonly [Key in keyof Omit<TracedCall, 'calls'>]: TracedCall[Key] } & {
  readonly calls: Growing[];
};

/** The calls that no other call of the trace has made, in the order they came. */
export function callTrees(events: Iterable<TraceEvent>): TracedCall[] {
  const bySpan = new Map<string, Growing>();
  const byRequest = new Map<string, Growing>();
  const coldMs = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'instance.ready') coldMs.set(event.instance, event.startMs + event.initMs);
    if (event.type === 'request.queued' && event.subject.kind === 'function') {
      const call = newCall(event, event.subject);
      bySpan.set(call.span, call);
      byRequest.set(call.request, call);
      continue;
    }
    const call = 'request' in event ? byRequest.get(event.request ?? '') : undefined;
    if (call === undefined) continue;
    if (event.type === 'request.started') {
      call.startedMs = event.at;
      call.cold = event.cold;
      call.coldMs = event.cold ? (coldMs.get(event.instance) ?? 0) : 0;
    } else if (event.type === 'request.done') {
      const { at: endedMs, status, handlerMs, cpuMs } = event;
      Object.assign(call, { endedMs, status, handlerMs, cpuMs });
    } else if (event.type === 'request.failed') {
      const { at: endedMs, code, handlerMs } = event;
      Object.assign(call, { endedMs, code, handlerMs });
    }
  }
  const roots: TracedCall[] = [];
  for (const call of bySpan.values()) {
    const caller = call.parent === null ? undefined : bySpan.get(call.parent);
    if (caller === undefined) roots.push(call);
    else caller.calls.push(call);
  }
  return roots;
}

/**
 * The events of a call, and of all calls of its trace, with the starts of their instances; empty when it
 * is not among them.
 */
export function eventsOfTree(events: readonly TraceEvent[], request: string): TraceEvent[] {
  const asked = events.find(
    (event) => event.type === 'request.queued' && event.request === request,
  );
  if (asked === undefined) return [];
  const own = new Set(events.filter(({ trace }) => trace === asked.trace));
  const instances = new Set(
    [...own].flatMap((event) => (event.type === 'request.started' ? event.instance : [])),
  );
  return events.filter(
    (event) => own.has(event) || (event.type === 'instance.ready' && instances.has(event.instance)),
  );
}

function newCall(
  event: Extract<TraceEvent, { type: 'request.queued' }>,
  subject: FunctionSubject,
): Growing {
  const { request, method, url, span, parent, at } = event;
  const unknown = { startedMs: null, endedMs: null, status: null, code: null, cpuMs: null };
  const of = { request, subject, method, url, span, parent, queuedMs: at };
  return { ...of, ...unknown, cold: false, coldMs: 0, handlerMs: 0, calls: [] };
}

/** All calls of a tree, each before those that it made. */
export function* callsIn(call: TracedCall): Generator<{ call: TracedCall; depth: number }> {
  yield { call, depth: 0 };
  for (const made of call.calls) {
    for (const { call: below, depth } of callsIn(made)) yield { call: below, depth: depth + 1 };
  }
}

/** Whether every call of the tree has ended. */
export function hasEnded(root: TracedCall): boolean {
  return [...callsIn(root)].every(({ call }) => call.endedMs !== null);
}

/** Whether another function than the one that was asked for has answered: its twin. */
export function isStandIn({ subject: { name }, url }: TracedCall): boolean {
  return !name.includes('[') && url.split('?', 1)[0] !== name;
}

/** A part of the critical path: a time in which the answer waited for this call and for none below it. */
export interface PathPart {
  readonly call: TracedCall;
  /** `queue`: for an instance that was there; `cold`: for one to start. */
  readonly is: 'queue' | 'cold' | 'handler';
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The parts that add up to the time of the whole call. Backwards from the end: what ended last is what
 * was waited for. A call that was given up counts until its caller went on.
 */
export function criticalPath(root: TracedCall): PathPart[] {
  return root.endedMs === null ? [] : pathUntil(root, root.endedMs);
}

function pathUntil(call: TracedCall, toMs: number): PathPart[] {
  const parts: PathPart[] = [];
  let until = toMs;
  for (;;) {
    const endOf = (made: TracedCall): number => waitedUntil(call, made, until);
    const before = call.calls.filter(({ queuedMs }) => queuedMs < until);
    const last = before.toSorted((a, b) => endOf(b) - endOf(a) || b.queuedMs - a.queuedMs)[0];
    if (last === undefined) break;
    const end = endOf(last);
    parts.unshift(...pathUntil(last, end), ...ownParts(call, end, until));
    until = last.queuedMs;
  }
  return [...ownParts(call, call.queuedMs, until), ...parts];
}

/** When a call was answered; of one that was given up, when its caller made the next. */
function waitedUntil(caller: TracedCall, made: TracedCall, until: number): number {
  if (made.endedMs !== null && made.endedMs <= until) return made.endedMs;
  const next = caller.calls[caller.calls.indexOf(made) + 1];
  return Math.min(until, next?.queuedMs ?? until);
}

/** The time of a call alone: in the queue or starting, then in its handler. */
function ownParts(call: TracedCall, fromMs: number, toMs: number): PathPart[] {
  const begun = Math.min(Math.max(call.startedMs ?? toMs, fromMs), toMs);
  const parts: PathPart[] = [
    { call, is: call.cold ? 'cold' : 'queue', fromMs, toMs: begun },
    { call, is: 'handler', fromMs: begun, toMs },
  ];
  return parts.filter((part) => part.toMs > part.fromMs);
}
