/** The trace as it was told, the last part of it: what a watcher who was away can catch up on. */

import type { EventEntry } from '../api.ts';
import type { TraceEvent } from '../core/trace/trace.ts';

export interface EventLogOptions {
  /**
   * Number of the first event. Numbers only grow, also over a restart of the server, when this is
   * the time in microseconds: no server tells a million events a second for all of its life.
   * @default Date.now() * 1000
   */
  readonly firstId?: number;
  /** Most events that are kept. Integer ≥ 1. @default 10_000 */
  readonly maxEvents?: number;
  /** Most characters of printed lines and URLs that are kept. @default 2_000_000 */
  readonly maxCharacters?: number;
}

export class EventLog {
  readonly #maxEvents: number;
  readonly #maxCharacters: number;
  /** The event of number n is at n modulo `#maxEvents`. */
  readonly #events: TraceEvent[] = [];
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

  /** Called after each event; null for nobody, so that a server nobody watches does no work. */
  listen(listener: (() => void) | null): void {
    this.#listener = listener;
  }

  #forgetFirst(): void {
    this.#characters -= charactersOf(this.at(this.#first));
    this.#first += 1;
  }
}

/** Of the texts in it that a caller or a function chooses. */
function charactersOf(event: TraceEvent): number {
  if (event.type === 'log') return event.text.length;
  return event.type === 'request.queued' ? event.url.length : 0;
}

/** As callers read it. */
export function eventEntry(event: TraceEvent): EventEntry {
  const { subject } = event;
  return subject.kind === 'function' ? { ...event, function: subject.name } : event;
}

/**
 * What is kept of one call: its own events, and those of the instance that took it up to its end.
 * Oldest first; empty when nothing is kept of it.
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
