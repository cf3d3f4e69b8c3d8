/**
 * Usage out of a trace: what every request and every instance used, in the quantities that
 * providers charge for. Events are added as they come.
 *
 * An invocation that failed on an instance was run and counts; one that no instance took does not.
 */

import { Meter, add, NO_USAGE, type MeteredCall, type Usage } from '../prices/usage.ts';
import type { TraceEvent } from '../core/trace/trace.ts';

interface Life {
  readonly function: string;
  readonly meter: Meter;
  readonly memoryMb: number;
  readonly bornMs: number;
  /** Cold start of this instance: start and init together. */
  coldMs: number;
  /** When its stretch of starting or having requests began; null while it is idle. */
  activeFromMs: number | null;
  /** When it ran out of work: the end of the stretch, unless more comes at the same instant. */
  activeToMs: number | null;
  /** What runs on it, and whether that started it. */
  readonly running: Map<string, boolean>;
}

export class Metering {
  readonly #memoryMbOf: (name: string) => number;
  readonly #meters = new Map<string, Meter>();
  readonly #lives = new Map<string, Life>();

  /** @param memoryMbOf memory configured for a function, in MB */
  constructor(memoryMbOf: (name: string) => number) {
    this.#memoryMbOf = memoryMbOf;
  }

  /** Returns the invocation that this event has ended; null for all other events. */
  add(event: TraceEvent): MeteredCall | null {
    if (event.subject.kind !== 'function') return null;
    switch (event.type) {
      case 'instance.starting':
        this.#life(event, event.instance);
        return null;
      case 'instance.ready':
        return this.#ready(event);
      case 'request.started':
        return this.#started(event);
      case 'request.done':
        return this.#ended(event, event.instance, event.cpuMs);
      case 'request.failed':
        return event.instance === null ? null : this.#ended(event, event.instance, null);
      case 'instance.stopped':
        return this.#stopped(event);
      case 'request.queued':
      case 'log':
        return null;
    }
  }

  /** Names of the functions that used anything. */
  get functions(): string[] {
    return [...this.#meters.keys()];
  }

  /**
   * What a function has used up to now, the instances that still live included.
   * @param nowMs not before the last event
   */
  usage(name: string, nowMs: number): Usage {
    const ended = this.#meters.get(name)?.usage() ?? NO_USAGE;
    const live = new Meter(this.#memoryMbOf(name));
    for (const life of this.#lives.values()) {
      if (life.function !== name) continue;
      live.lived(nowMs - life.bornMs);
      if (life.activeFromMs !== null) live.active((life.activeToMs ?? nowMs) - life.activeFromMs);
    }
    return add(ended, live.usage());
  }

  #ready(event: Extract<TraceEvent, { type: 'instance.ready' }>): null {
    const life = this.#life(event, event.instance);
    life.coldMs = event.startMs + event.initMs;
    rest(life, event.at);
    return null;
  }

  #started(event: Extract<TraceEvent, { type: 'request.started' }>): null {
    const life = this.#life(event, event.instance);
    life.running.set(event.request, event.cold);
    if (life.activeToMs !== event.at) closeStretch(life);
    life.activeFromMs ??= event.at;
    life.activeToMs = null;
    return null;
  }

  #ended(
    event: Extract<TraceEvent, { type: 'request.done' | 'request.failed' }>,
    instance: string,
    cpuMs: number | null,
  ): MeteredCall | null {
    const life = this.#lives.get(instance);
    const cold = life?.running.get(event.request);
    // It began before the trace did.
    if (life === undefined || cold === undefined) return null;
    const { handlerMs } = event;
    const coldMs = cold ? life.coldMs : 0;
    life.running.delete(event.request);
    life.meter.invoked(handlerMs, coldMs, cpuMs, 0);
    rest(life, event.at);
    return { handlerMs, coldMs, cpuMs, memoryMb: life.memoryMb };
  }

  #stopped(event: Extract<TraceEvent, { type: 'instance.stopped' }>): null {
    const life = this.#life(event, event.instance);
    life.running.clear();
    rest(life, event.at);
    closeStretch(life);
    life.meter.lived(event.at - life.bornMs);
    this.#lives.delete(event.instance);
    return null;
  }

  #life(event: TraceEvent, instance: string): Life {
    const known = this.#lives.get(instance);
    if (known) return known;
    const { name } = event.subject;
    const memoryMb = this.#memoryMbOf(name);
    const meter = this.#meters.get(name) ?? new Meter(memoryMb);
    this.#meters.set(name, meter);
    const life: Life = {
      function: name,
      meter,
      memoryMb,
      bornMs: event.at,
      coldMs: 0,
      activeFromMs: event.at,
      activeToMs: null,
      running: new Map(),
    };
    this.#lives.set(instance, life);
    return life;
  }
}

/** It may have run out of work. */
function rest(life: Life, atMs: number): void {
  if (life.running.size === 0) life.activeToMs ??= atMs;
}

/** If it did run out of work, that was the end of a stretch. */
function closeStretch(life: Life): void {
  if (life.activeFromMs === null || life.activeToMs === null) return;
  life.meter.active(life.activeToMs - life.activeFromMs);
  life.activeFromMs = null;
  life.activeToMs = null;
}
