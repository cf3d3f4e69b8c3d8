/**
 * Functions behind a gateway of ours, on this machine: every call by plain HTTP, and the trace from
 * its event stream. The build records demos through it, and the page runs them through it.
 */

import {
  CONTROLS,
  HEADERS,
  LAST_EVENT_ID,
  OF_FUNCTION,
  type FunctionEntry,
  type PolicyBody,
  type PolicyEntry,
} from '#faas/api.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import type { Problem } from '#faas/core/problem.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { EventLog } from './event-log.ts';
import { send, sendBurst } from './http.ts';
import { readJson } from './json.ts';
import type { Burst, Call, LiveInstance, Place, Run } from './place.ts';
import { runOf, type Answer } from './run.ts';
import { readEvents } from './server-sent-events.ts';

/** Events are milliseconds behind their answer; a gateway that stopped telling never comes. */
const EVENT_PATIENCE_MS = 2000;

export class LocalPlace implements Place {
  readonly name = 'local';
  readonly trace = new EventLog();
  readonly #origin: string;
  readonly #functions: readonly FunctionEntry[];

  private constructor(origin: string, functions: readonly FunctionEntry[]) {
    this.#origin = origin;
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

  missing(path: string): string | null {
    return this.#functions.find((spec) => spec.name === path)?.missing ?? null;
  }

  async call(call: Call, signal: AbortSignal): Promise<Run> {
    return this.#settle(call, await send(this.#origin, call, signal));
  }

  /** The gateway makes the calls: a browser has six connections to it at most. */
  async burst(call: Call, burst: Burst, signal: AbortSignal, onRun: () => void): Promise<Run[]> {
    const runs: Run[] = [];
    for await (const answer of sendBurst(this.#origin, call, burst, signal)) {
      runs.push(await this.#settle(call, answer));
      onRun();
    }
    return runs;
  }

  /** The run, once its events are here too. */
  async #settle(call: Call, answer: Answer): Promise<Run> {
    const request = answer.headers.find(([name]) => name === HEADERS.request)?.[1];
    if (request !== undefined) await this.trace.settled(request, EVENT_PATIENCE_MS);
    return runOf(this.name, call, answer, this.trace.events);
  }

  async policy(path: string, signal: AbortSignal): Promise<PolicyChoice | null> {
    const inForce = await readJson<PolicyEntry[]>(`${this.#origin}${CONTROLS.policies}`, signal);
    const view = inForce?.find((one) => one.function === path);
    return view ? ({ ...view.options, name: view.name } as PolicyChoice) : null;
  }

  async scale(path: string, policy: PolicyChoice | null, signal: AbortSignal): Promise<void> {
    const url = `${this.#origin}${CONTROLS.policies}`;
    const response =
      policy === null
        ? await fetch(`${url}?${OF_FUNCTION}=${encodeURIComponent(path)}`, {
            method: 'DELETE',
            signal,
          })
        : await fetch(url, {
            method: 'PUT',
            body: JSON.stringify({ function: path, policy } satisfies PolicyBody),
            signal,
          });
    if (!response.ok) throw new Error(((await response.json()) as Problem).detail);
  }

  async instances(signal: AbortSignal): Promise<readonly LiveInstance[] | null> {
    return readJson<LiveInstance[]>(`${this.#origin}${CONTROLS.instances}`, signal);
  }
}
