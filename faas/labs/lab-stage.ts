/** Stands a lab's function on a platform of its own, for the length of one check. */

import fc from 'fast-check';
import type { BoundedFault, HeaderList } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { Concurrent } from '../core/scaling/concurrent.ts';
import { Timeline, type TimelineView } from '../core/trace/timeline.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import type { Driver, ResponseMessage } from '../drivers/protocol.ts';
import { liveIds } from '../platform/live-ids.ts';
import { Platform } from '../platform/platform.ts';
import { realClock } from '../platform/real-clock.ts';
import { CheckFailure, written, type ShownCall } from './check-failure.ts';
import type {
  CheckedLab,
  Comparison,
  LabCall,
  NamedCall,
  NamedOptions,
  NamedOutcome,
  NamedResult,
} from './checked-lab.ts';
import type { EntryAnswer, EntryRequest } from './entry-calls.ts';
import { LabAnswer } from './lab-answer.ts';
import { namedResult, callSentence, shownNamed, threw } from './named-calls.ts';
import { isSame } from './same.ts';

/** The reader's function, wherever its instances run. */
export interface LabFunction {
  readonly driver: Driver;
  /** Takes all methods, so that the function itself answers for those that it does not take. */
  readonly spec: FunctionSpec;
  /** Values of the variant. @default {} */
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** An answer as it came over HTTP. */
export interface FirstAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

/** Orders are drawn from this where the check does not say otherwise. */
const SEED = 20_261_127;

const ORDERS = 60;

/** An open stage. Close it, or its instances stay. */
export class LabStage implements CheckedLab {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly trace: TraceEvent[] = [];
  readonly logs: string[] = [];
  /** The last call that was answered, for a failure that names none. */
  last: ShownCall | null = null;
  /** What was answered first, as it came over HTTP; null before the first answer. */
  first: FirstAnswer | null = null;
  readonly #spec: FunctionSpec;
  readonly #platform: Platform;
  readonly #signal: AbortSignal;
  /** What waits for an event of the trace. */
  readonly #waiting = new Set<() => void>();
  #perInstance = 1;
  /** What a named function threw in the last calls of such; null when none did. */
  #threw: string | null = null;

  /** @param signal ends what runs, and every later call */
  constructor({ driver, spec, parameters = {} }: LabFunction, signal: AbortSignal) {
    this.parameters = parameters;
    this.#spec = spec;
    this.#signal = signal;
    this.#platform = new Platform({
      functions: [spec],
      driverFor: () => driver,
      policyFor: () => new Concurrent({ concurrency: this.#perInstance, idleTimeoutMs: 600_000 }),
      clock: realClock,
      newId: liveIds('lab'),
      emit: (event) => this.#hear(event),
      place: 'local',
      development: true,
    });
  }

  /** Lanes and calls so far. */
  get timeline(): TimelineView {
    return new Timeline(this.trace).at(this.trace.at(-1)?.at ?? 0);
  }

  async call(call: LabCall = {}): Promise<LabAnswer> {
    this.#signal.throwIfAborted();
    const { body = null, query = '' } = call;
    const { method = body === null ? 'GET' : 'POST', headers = {} } = call;
    const bytes = body === null ? null : new TextEncoder().encode(body);
    const url = this.#spec.route + query;
    const length: HeaderList = bytes ? [['content-length', String(bytes.byteLength)]] : [];
    const given = Object.entries(headers).map(
      ([name, value]) => [name.toLowerCase(), value] as const,
    );
    const all: HeaderList = [['host', 'lab.invalid'], ...given, ...length];
    const response = await this.#platform.handle({ method, url, headers: all, body: bytes });
    const text = await textOf(response);
    const answer = (logs: readonly string[]): LabAnswer =>
      new LabAnswer({ method, url, headers, body }, { ...response, text, logs });
    const { request } = answer([]).shown;
    await this.#until(() => this.#isOver(request));
    const logs = this.trace.flatMap((event) =>
      event.type === 'log' && event.request === request ? [event.text] : [],
    );
    const whole = answer(logs);
    this.last = whole.shown;
    const contentType = whole.header('content-type');
    this.first ??= { status: whole.status, contentType, body: text };
    return whole;
  }

  async sequence(calls: readonly LabCall[]): Promise<LabAnswer[]> {
    const all: LabAnswer[] = [];
    for (const call of calls) all.push(await this.call(call));
    return all;
  }

  burst(calls: readonly LabCall[]): Promise<LabAnswer[]> {
    return Promise.all(calls.map((call) => this.call(call)));
  }

  async run(call: NamedCall, options: NamedOptions = {}): Promise<NamedResult> {
    const { results } = await this.interleaved([call], options);
    return results[0] as NamedResult;
  }

  async interleaved(
    calls: readonly NamedCall[],
    { handed = {}, schedule = [] }: NamedOptions = {},
  ): Promise<NamedOutcome> {
    const asked: EntryRequest = {
      calls: calls.map(([entry, ...args]) => ({ entry, args })),
      handed,
      schedule,
    };
    const answer = await this.call({
      body: JSON.stringify(asked),
      headers: { 'content-type': 'application/json' },
    });
    const sentences = calls.map(callSentence);
    if (answer.status !== 200) {
      this.last = { ...answer.shown, url: sentences.join(' and '), body: null };
      answer.must({ status: 200 });
    }
    const { results, steps } = answer.json() as EntryAnswer;
    const told = results.map((result, index) => namedResult(sentences[index] ?? '', result));
    this.last = shownNamed(answer.shown, told);
    this.#threw = results.map(threw).find((text) => text !== null) ?? null;
    return { results: told, steps };
  }

  async everyOrder(
    calls: readonly NamedCall[],
    holds: (outcome: NamedOutcome) => void,
    { handed = {}, runs = ORDERS }: Omit<NamedOptions, 'schedule'> & { runs?: number } = {},
  ): Promise<void> {
    // A call waits at its beginning and at each handed-in function: few choices reach every order.
    const choices = fc.array(fc.nat({ max: calls.length - 1 }), { maxLength: calls.length * 4 });
    let smallest: CheckFailure | null = null;
    const property = fc.asyncProperty(choices, async (schedule) => {
      const outcome = await this.interleaved(calls, { handed, schedule });
      try {
        holds(outcome);
      } catch (error) {
        if (!(error instanceof CheckFailure)) throw error;
        // Each later failure of one run is smaller than the one before.
        smallest = new CheckFailure({
          ...error.report,
          call: this.last,
          schedule: {
            calls: outcome.results.map(({ call }) => call),
            steps: outcome.steps,
            seed: SEED,
            choices: schedule,
          },
        });
        throw smallest;
      }
    });
    const details = await fc.check(property, { seed: SEED, numRuns: runs, endOnFailure: false });
    if (smallest !== null) throw smallest as CheckFailure;
    if (details.failed) throw details.errorInstance ?? new Error('The orders could not be tried.');
  }

  perInstance(calls: number): void {
    this.#perInstance = calls;
    this.#platform.renew(this.#spec.name);
  }

  async reap(): Promise<void> {
    this.#platform.retire(this.#spec.name);
    await this.#until(() => this.#platform.instances().length === 0);
  }

  fault(fault: BoundedFault): void {
    this.#platform.faults.set(this.#spec.name, [fault]);
  }

  same(came: unknown, expected: unknown, { what, detail }: Comparison): void {
    if (isSame(came, expected)) return;
    const values = { expected: written(expected), came: this.#written(came) };
    throw new CheckFailure({ what, ...values, detail: detail ?? null, call: this.last });
  }

  near(came: unknown, expected: number, within: number, { what, detail }: Comparison): void {
    if (typeof came === 'number' && Math.abs(came - expected) <= within) return;
    throw new CheckFailure({
      what,
      expected: `${expected} (give or take ${within})`,
      came: this.#written(came),
      detail: detail ?? null,
      call: this.last,
    });
  }

  fail(what: string, expected: string, came: string): never {
    throw new CheckFailure({ what, expected, came, call: this.last });
  }

  /** Ends every instance at once, and resolves when they are gone. */
  async close(): Promise<void> {
    for (const { id } of this.#platform.instances()) this.#platform.kill(id);
    await this.#platform.stop();
  }

  /** A value that is not there is explained by the error that was thrown instead. */
  #written(came: unknown): string {
    const isThere = came !== null && came !== undefined;
    return isThere || this.#threw === null ? written(came) : this.#threw;
  }

  #hear(event: TraceEvent): void {
    this.trace.push(event);
    if (event.type === 'log') this.logs.push(event.text);
    for (const look of this.#waiting) look();
  }

  #isOver(request: string | null): boolean {
    if (request === null) return true;
    return this.trace.some(
      (event) =>
        (event.type === 'request.done' || event.type === 'request.failed') &&
        event.request === request,
    );
  }

  /** Resolves when `holds` is true, looked at after each event. @throws when the signal ended */
  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#waiting.delete(look);
        this.#signal.removeEventListener('abort', end);
        if (holds()) resolve();
        else reject(this.#signal.reason as Error);
      };
      const look = (): void => {
        if (holds()) end();
      };
      this.#waiting.add(look);
      this.#signal.addEventListener('abort', end);
      look();
      if (this.#signal.aborted) end();
    });
  }
}

async function textOf({ body }: ResponseMessage): Promise<string> {
  const decoder = new TextDecoder();
  if (body === null) return '';
  if (body instanceof Uint8Array) return decoder.decode(body);
  let text = '';
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
