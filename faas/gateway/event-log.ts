/** The latest events of the trace, kept so that a watcher can catch up after a disconnection. */

import type { EventEntry } from '../api.ts';
import { eventsOfTree } from '../core/trace/call-tree.ts';
import type { TraceEvent } from '../core/trace/trace.ts';

/** The bounds and numbering of a log. */
export interface EventLogOptions {
  /**
   * Number of the first event. With the time in microseconds, numbers keep growing over restarts of
   * the server, as no server emits a million events a second for its whole life.
   * @default Date.now() * 1000
   */
  readonly firstId?: number;
  /** Most events that are kept. Integer ≥ 1. @default 10_000 */
  readonly maxEvents?: number;
  /** Most characters of printed lines and URLs that are kept. @default 2_000_000 */
  readonly maxCharacters?: number;
}

/** A bounded log of numbered events; the oldest are dropped first. */
export class EventLog {
  readonly #maxEvents: number;
  readonly #maxCharacters: number;
  /** Ring buffer: event n is at n modulo `#maxEvents`. */
  readonly #events: (TraceEvent | undefined)[] = [];
  #first: number;
  #next: number;
  #characters = 0;
  #listener: (() => void) | null = null;

  constructor({
    firstId = Date.now() * 1000,
    maxEvents = 10_000,
    maxCharacters = 2_000_000,
  }: EventLogOptions = {}) {
    this.#maxEvents = maxEvents;
    this.#maxCharacters = maxCharacters;
    this.#first = this.#next = firstId;
  }

  /** Number of the oldest event that is kept; the same as `next` when there is none. */
  get first(): number {
    return this.#first;
  }

  /** Number that the next event will have. */
  get next(): number {
    return this.#next;
  }

  append(event: TraceEvent): void {
    if (this.#next - this.#first === this.#maxEvents) this.#forgetFirst();
    this.#events[this.#next % this.#maxEvents] = event;
    this.#next += 1;
    this.#characters += charactersOf(event);
    while (this.#characters > this.#maxCharacters) this.#forgetFirst();
    this.#listener?.();
  }

  /** @param id from {@link first} up to, and without, {@link next} */
  at(id: number): TraceEvent {
    const event = this.#events[id % this.#maxEvents];
    if (event === undefined || id < this.#first || id >= this.#next) {
      throw new RangeError(`event ${id} is not among ${this.#first}…${this.#next - 1}`);
    }
    return event;
  }

  /** Sets the function called after each event. Null removes it, so that there is no work without watchers. */
  listen(listener: (() => void) | null): void {
    this.#listener = listener;
  }

  #forgetFirst(): void {
    this.#characters -= charactersOf(this.at(this.#first));
    // Its place may not be taken for a long time, and until then it would keep its text in memory.
    this.#events[this.#first % this.#maxEvents] = undefined;
    this.#first += 1;
  }
}

/** Length of the event's texts that a caller or a function chooses. */
function charactersOf(event: TraceEvent): number {
  if (event.type === 'log') return event.text.length;
  if ('why' in event) return event.why?.length ?? 0;
  return event.type === 'request.queued' ? event.url.length : 0;
}

/** The event in the form sent to callers. */
export function eventEntry(event: TraceEvent): EventEntry {
  const { subject } = event;
  return subject.kind === 'function' ? { ...event, function: subject.name } : event;
}

/** The kept events of a call and of all calls of its trace, oldest first; empty when none are kept. */
export function eventsOfCalls(log: EventLog, request: string): EventEntry[] {
  const events: TraceEvent[] = [];
  for (let id = log.first; id < log.next; id += 1) events.push(log.at(id));
  return eventsOfTree(events, request).map(eventEntry);
}

/**
 * The kept events of one call: its own, and those of its instance until the call's end. Oldest
 * first; empty when none are kept.
 */
export function eventsOf(log: EventLog, request: string): EventEntry[] {
  const events: EventEntry[] = [];
  for (let id = log.first; id < log.next; id += 1) events.push(eventEntry(log.at(id)));
  const isOwn = (event: TraceEvent): boolean => 'request' in event && event.request === request;
  const started = events.find((event) => event.type === 'request.started' && isOwn(event));
  const instance = started !== undefined && 'instance' in started ? started.instance : null;
  return events.filter(
    (event) =>
      isOwn(event) ||
      (event.type.startsWith('instance.') && 'instance' in event && event.instance === instance),
  );
}
