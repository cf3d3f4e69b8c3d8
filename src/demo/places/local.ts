/**
 * Functions behind a gateway of ours: every call by plain HTTP. What happened comes from the trace
 * while that listens, and is asked for once where it does not. The build records demos through it,
 * and the page runs them through it.
 */

import { CONTROLS, HEADERS, WITH_TREE, type FunctionEntry } from '#faas/api.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { ends, type PlaceTrace } from './place-trace.ts';
import { send, sendBurst } from './http.ts';
import { readJson } from './json.ts';
import { exchangeByFetch, type RawCall, type RawExchange } from './line.ts';
import { LocalScaling } from './local-scaling.ts';
import type { CallBurst, FunctionCall, LiveInstance, Place, Run, Scaling } from './place.ts';
import { runOf, type CallAnswer } from './run.ts';

/** Events are milliseconds behind their answer; a gateway that stopped telling never comes. */
const EVENT_PATIENCE_MS = 2000;
const ASK_AGAIN_MS = 25;

/** A trace that may listen only now and then. */
type LocalTrace = PlaceTrace & { readonly isListening?: boolean };

/** What this caller may do with the platform. */
export interface LocalOptions {
  /** Absent where it may not watch: a run then asks for its own events. */
  readonly trace?: LocalTrace;
  /** Whether it may make bursts and scale functions. @default true */
  readonly controls?: boolean;
}

/** What this caller may not do, it lacks as a capability. */
export class LocalPlace implements Place {
  readonly name = 'local';
  readonly trace?: LocalTrace;
  readonly scaling?: Scaling;
  readonly burst?: NonNullable<Place['burst']>;
  readonly instances?: NonNullable<Place['instances']>;
  readonly #origin: string;
  readonly #functions: readonly FunctionEntry[];

  private constructor(
    origin: string,
    functions: readonly FunctionEntry[],
    { trace, controls = true }: LocalOptions,
  ) {
    this.#origin = origin;
    this.#functions = functions;
    if (trace !== undefined) this.trace = trace;
    if (!controls) return;
    this.scaling = new LocalScaling(origin);
    this.burst = (call, burst, signal, onRun) => this.#burst(call, burst, signal, onRun);
    this.instances = async (signal) =>
      (await readJson<LiveInstance[]>(`${origin}${CONTROLS.instances}`, signal)) ?? [];
  }

  /** Null when no gateway of ours answers at `origin`. */
  static async open(
    origin: string,
    options: LocalOptions,
    signal: AbortSignal,
  ): Promise<LocalPlace | null> {
    const functions = await readJson<FunctionEntry[]>(`${origin}${CONTROLS.functions}`, signal);
    return functions === null ? null : new LocalPlace(origin, functions, options);
  }

  missing(fn: string): string | null {
    return this.#functions.find((spec) => spec.name === fn)?.missing ?? null;
  }

  async tree(request: string, signal: AbortSignal): Promise<readonly TraceEvent[]> {
    const query = `request=${encodeURIComponent(request)}&${WITH_TREE}=1`;
    const url = `${this.#origin}${CONTROLS.events}?${query}`;
    return (await readJson<TraceEvent[]>(url, signal)) ?? [];
  }

  async call(call: FunctionCall, signal: AbortSignal): Promise<Run> {
    return this.#settle(call, await send(this.#origin, call, signal), signal);
  }

  exchange(call: RawCall, signal: AbortSignal): Promise<RawExchange> {
    return exchangeByFetch(this.#origin, call, signal);
  }

  /** The gateway makes the calls: a browser has six connections to it at most. */
  async #burst(
    call: FunctionCall,
    burst: CallBurst,
    signal: AbortSignal,
    onRun: () => void,
  ): Promise<Run[]> {
    const runs: Run[] = [];
    for await (const answer of sendBurst(this.#origin, call, burst, signal)) {
      runs.push(await this.#settle(call, answer, signal));
      onRun();
    }
    return runs;
  }

  /** The run, once its events are here too. */
  async #settle(call: FunctionCall, answer: CallAnswer, signal: AbortSignal): Promise<Run> {
    const request = answer.headers.find(([name]) => name === HEADERS.request)?.[1];
    if (request === undefined) return runOf(this.name, call, answer, []);
    const { trace } = this;
    if (trace === undefined || trace.isListening === false) {
      return runOf(this.name, call, answer, await this.#eventsOf(request, signal));
    }
    await trace.settled(request, EVENT_PATIENCE_MS);
    return runOf(this.name, call, answer, trace.events);
  }

  /** The events of one call, asked for until its end is among them. */
  async #eventsOf(request: string, signal: AbortSignal): Promise<readonly TraceEvent[]> {
    const url = `${this.#origin}${CONTROLS.events}?request=${encodeURIComponent(request)}`;
    const until = Date.now() + EVENT_PATIENCE_MS;
    for (;;) {
      const events = (await readJson<TraceEvent[]>(url, signal)) ?? [];
      if (events.some((event) => ends(event, request)) || Date.now() > until) return events;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}
