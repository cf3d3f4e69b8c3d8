/**
 * Functions behind a gateway of ours, on this machine: every call by plain HTTP, and the trace from
 * its event stream. The build records demos through it, and the page runs them through it.
 */

import { CONTROLS, HEADERS, LAST_EVENT_ID, type FunctionEntry } from '#faas/api.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { PlaceTrace } from './place-trace.ts';
import { send, sendBurst } from './http.ts';
import { readJson } from './json.ts';
import { LocalScaling } from './local-scaling.ts';
import type { CallBurst, FunctionCall, LiveInstance, Place, Run } from './place.ts';
import { runOf, type Answer } from './run.ts';
import { readEvents } from './server-sent-events.ts';

/** Events are milliseconds behind their answer; a gateway that stopped telling never comes. */
const EVENT_PATIENCE_MS = 2000;

export class LocalPlace implements Place {
  readonly name = 'local';
  readonly trace = new PlaceTrace();
  readonly scaling: LocalScaling;
  readonly #origin: string;
  readonly #functions: readonly FunctionEntry[];

  private constructor(origin: string, functions: readonly FunctionEntry[]) {
    this.#origin = origin;
    this.scaling = new LocalScaling(origin);
    this.#functions = functions;
  }

  /**
   * Null when no gateway of ours answers at `origin`.
   * @param history `kept`: begins with the events that the gateway has kept; `none`: from now on
   * @param signal ends the listening to its events
   */
  static async open(
    origin: string,
    history: 'kept' | 'none',
    signal: AbortSignal,
  ): Promise<LocalPlace | null> {
    const functions = await readJson<FunctionEntry[]>(`${origin}${CONTROLS.functions}`, signal);
    if (functions === null) return null;
    const place = new LocalPlace(origin, functions);
    await new Promise<void>((resolve) => {
      const hear = (data: string): void => place.trace.add(JSON.parse(data) as TraceEvent);
      const past = history === 'kept' ? `?${LAST_EVENT_ID}=0` : '';
      void readEvents(`${origin}${CONTROLS.events}${past}`, hear, resolve, signal);
    });
    return place;
  }

  missing(fn: string): string | null {
    return this.#functions.find((spec) => spec.name === fn)?.missing ?? null;
  }

  async call(call: FunctionCall, signal: AbortSignal): Promise<Run> {
    return this.#settle(call, await send(this.#origin, call, signal));
  }

  /** The gateway makes the calls: a browser has six connections to it at most. */
  async burst(
    call: FunctionCall,
    burst: CallBurst,
    signal: AbortSignal,
    onRun: () => void,
  ): Promise<Run[]> {
    const runs: Run[] = [];
    for await (const answer of sendBurst(this.#origin, call, burst, signal)) {
      runs.push(await this.#settle(call, answer));
      onRun();
    }
    return runs;
  }

  /** The run, once its events are here too. */
  async #settle(call: FunctionCall, answer: Answer): Promise<Run> {
    const request = answer.headers.find(([name]) => name === HEADERS.request)?.[1];
    if (request !== undefined) await this.trace.settled(request, EVENT_PATIENCE_MS);
    return runOf(this.name, call, answer, this.trace.events);
  }

  async instances(signal: AbortSignal): Promise<readonly LiveInstance[]> {
    return (await readJson<LiveInstance[]>(`${this.#origin}${CONTROLS.instances}`, signal)) ?? [];
  }
}
