/**
 * Arranges a trace for drawing: a lane for each instance, the wait of each request, and counts over
 * time. Events are added as they come, and periods that have not ended stay open, so the same
 * timeline serves live, recorded and simulated traces. A trace may begin in the middle of a run.
 */

import type { ProblemCode } from '../problem.ts';
import type { Count, Lane, RequestMark, Segment, TimelineView } from './timeline-view.ts';
import type { TraceEvent } from './trace.ts';

export type { Count, Lane, RequestMark, Segment, TimelineView } from './timeline-view.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type BusySegment = Extract<Writable<Segment>, { is: 'busy' }>;
type Tally = Writable<Omit<Count, 'atMs'>>;

interface OpenLane extends Writable<Omit<Lane, 'segments'>> {
  readonly segments: Writable<Segment>[];
  /** Its open busy segments. */
  readonly running: Map<string, BusySegment>;
}

/** After these failures the instance is leaving, not idle. */
const FATAL: ReadonlySet<ProblemCode> = new Set(['timed-out', 'out-of-memory', 'instance-died']);

/** A line, a rule or a message changes no lane. */
type DrawnEvent = Exclude<TraceEvent, { type: 'log' | `rule.${string}` | `message.${string}` }>;

/** Builds a {@link TimelineView} from trace events. */
export class Timeline {
  readonly #lanes = new Map<string, OpenLane>();
  readonly #requests = new Map<string, Writable<RequestMark>>();
  #counts: Count[] = [];
  readonly #now: Tally = { starting: 0, busy: 0, idle: 0, queued: 0, running: 0 };
  #fromMs = Infinity;
  #toMs = -Infinity;

  constructor(events: Iterable<TraceEvent> = []) {
    for (const event of events) this.add(event);
  }

  add(event: TraceEvent): void {
    if (!isDrawn(event)) return;
    this.#fromMs = Math.min(this.#fromMs, event.at);
    this.#toMs = Math.max(this.#toMs, event.at);
    this.#apply(event);
    if (this.#counts.at(-1)?.atMs === event.at) this.#counts.pop();
    this.#counts.push({ atMs: event.at, ...this.#now });
  }

  /**
   * The view at this time. It is live: adding events changes it.
   * @param nowMs not before the last event
   */
  at(nowMs: number): TimelineView {
    const toMs = Math.max(nowMs, this.#toMs);
    return {
      fromMs: Math.min(this.#fromMs, toMs),
      toMs,
      lanes: [...this.#lanes.values()],
      requests: [...this.#requests.values()],
      counts: this.#counts,
    };
  }

  /** Drops what ended before this time, since a page may watch for hours. */
  forget(beforeMs: number): void {
    for (const [id, lane] of this.#lanes) {
      if (lane.end !== null && lane.end.atMs < beforeMs) this.#lanes.delete(id);
    }
    for (const [id, { endedMs }] of this.#requests) {
      if (endedMs !== null && endedMs < beforeMs) this.#requests.delete(id);
    }
    const keep = this.#counts.findLastIndex(({ atMs }) => atMs <= beforeMs);
    if (keep > 0) this.#counts = this.#counts.slice(keep);
    this.#fromMs = Math.max(this.#fromMs, Math.min(beforeMs, this.#toMs));
  }

  #apply(event: DrawnEvent): void {
    switch (event.type) {
      case 'request.queued':
        return this.#queued(event);
      case 'instance.starting':
        return this.#starting(event);
      case 'instance.ready':
        return this.#ready(event);
      case 'request.started':
        return this.#started(event);
      case 'request.done':
        return this.#ended(event, event.status, null);
      case 'request.failed':
        return this.#ended(event, null, event.code);
      case 'request.streaming':
        return this.#streaming(event);
      case 'instance.frozen':
        return this.#frozen(event);
      case 'instance.thawed':
        return this.#thawed(event);
      case 'instance.stopped':
        return this.#stopped(event);
    }
  }

  #queued(event: Extract<TraceEvent, { type: 'request.queued' }>): void {
    const { request, method, url } = event;
    this.#requests.set(request, {
      request,
      subject: event.subject,
      method,
      url,
      queuedMs: event.at,
      queuedUntilMs: null,
      startedMs: null,
      endedMs: null,
      instance: null,
      cold: false,
      status: null,
      code: null,
    });
    this.#now.queued++;
  }

  #starting(event: Extract<TraceEvent, { type: 'instance.starting' }>): void {
    const lane = this.#lane(event.instance, event);
    lane.startedFor = event.request;
    lane.segments.push({ is: 'start', fromMs: event.at, toMs: null });
    this.#now.starting++;
    const mark = event.request === null ? undefined : this.#requests.get(event.request);
    if (mark) this.#unqueue(mark, event.at);
  }

  #ready(event: Extract<TraceEvent, { type: 'instance.ready' }>): void {
    const lane = this.#lane(event.instance, event);
    const start = lane.segments.at(-1);
    if (start?.is === 'start' && start.toMs === null) {
      start.toMs = Math.max(start.fromMs, event.at - event.initMs);
      lane.segments.push({ is: 'init', fromMs: start.toMs, toMs: event.at });
      this.#now.starting--;
    }
    this.#rest(lane, event.at);
  }

  #started(event: Extract<TraceEvent, { type: 'request.started' }>): void {
    const { request, at, cold } = event;
    const lane = this.#lane(event.instance, event);
    if (lane.running.size === 0) {
      this.#rouse(lane, at);
      this.#now.busy++;
    }
    const slot = freeSlot(lane);
    const segment: BusySegment = {
      is: 'busy',
      fromMs: at,
      toMs: null,
      request,
      cold,
      slot,
      firstByteMs: null,
      code: null,
    };
    lane.segments.push(segment);
    lane.running.set(request, segment);
    lane.slots = Math.max(lane.slots, slot + 1);
    lane.served = event.served;
    this.#now.running++;
    const mark = this.#requests.get(request);
    if (!mark) return;
    this.#unqueue(mark, at);
    mark.startedMs = at;
    mark.instance = event.instance;
    mark.cold = cold;
  }

  #ended(
    event: Extract<TraceEvent, { type: 'request.done' | 'request.failed' }>,
    status: number | null,
    code: ProblemCode | null,
  ): void {
    const mark = this.#requests.get(event.request);
    if (mark) {
      this.#unqueue(mark, event.at);
      Object.assign(mark, { endedMs: event.at, status, code });
    }
    const lane = event.instance === null ? undefined : this.#lanes.get(event.instance);
    const segment = lane?.running.get(event.request);
    if (!lane || !segment) return;
    lane.running.delete(event.request);
    segment.toMs = event.at;
    segment.code = code;
    this.#now.running--;
    if (lane.running.size > 0) return;
    this.#now.busy--;
    if (code === null || !FATAL.has(code)) this.#rest(lane, event.at);
  }

  #streaming(event: Extract<TraceEvent, { type: 'request.streaming' }>): void {
    const segment = this.#lanes.get(event.instance)?.running.get(event.request);
    if (segment) segment.firstByteMs = event.at;
  }

  /** Frozen is a way to be idle: the counts stay. */
  #frozen(event: Extract<TraceEvent, { type: 'instance.frozen' }>): void {
    const lane = this.#lane(event.instance, event);
    if (lane.running.size > 0) return;
    endRest(lane, event.at);
    lane.segments.push({ is: 'frozen', fromMs: event.at, toMs: null });
  }

  #thawed(event: Extract<TraceEvent, { type: 'instance.thawed' }>): void {
    const lane = this.#lane(event.instance, event);
    if (endRest(lane, event.at)) lane.segments.push({ is: 'idle', fromMs: event.at, toMs: null });
  }

  #stopped(event: Extract<TraceEvent, { type: 'instance.stopped' }>): void {
    const lane = this.#lane(event.instance, event);
    const last = lane.segments.at(-1);
    if (last?.is === 'start' && last.toMs === null) {
      last.toMs = event.at;
      this.#now.starting--;
    }
    this.#rouse(lane, event.at);
    for (const segment of lane.running.values()) segment.toMs = event.at;
    if (lane.running.size > 0) this.#now.busy--;
    this.#now.running -= lane.running.size;
    lane.running.clear();
    lane.served = event.served;
    lane.end = { atMs: event.at, reason: event.reason };
  }

  /** The lane of an instance, created at its first event. */
  #lane(instance: string, event: TraceEvent): OpenLane {
    const known = this.#lanes.get(instance);
    if (known) return known;
    const lane: OpenLane = {
      instance,
      subject: event.subject,
      fromMs: event.at,
      startedFor: null,
      segments: [],
      running: new Map(),
      slots: 1,
      served: 0,
      end: null,
    };
    this.#lanes.set(instance, lane);
    return lane;
  }

  #rest(lane: OpenLane, atMs: number): void {
    lane.segments.push({ is: 'idle', fromMs: atMs, toMs: null });
    this.#now.idle++;
  }

  #rouse(lane: OpenLane, atMs: number): void {
    if (endRest(lane, atMs)) this.#now.idle--;
  }

  #unqueue(mark: Writable<RequestMark>, atMs: number): void {
    if (mark.queuedUntilMs !== null) return;
    mark.queuedUntilMs = atMs;
    this.#now.queued--;
  }
}

function isDrawn(event: TraceEvent): event is DrawnEvent {
  return event.type !== 'log' && !/^(rule|message)\./.test(event.type);
}

/** Ends the segment in which it is idle or frozen. Returns false without effect when there is none. */
function endRest({ segments }: OpenLane, atMs: number): boolean {
  const last = segments.at(-1);
  const rests = (last?.is === 'idle' || last?.is === 'frozen') && last.toMs === null;
  if (!rests) return false;
  last.toMs = atMs;
  // One that has no duration is left out.
  if (last.fromMs === atMs) segments.pop();
  return true;
}

function freeSlot({ running }: OpenLane): number {
  const taken = new Set(Array.from(running.values(), ({ slot }) => slot));
  let slot = 0;
  while (taken.has(slot)) slot++;
  return slot;
}
