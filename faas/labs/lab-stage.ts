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
import type { EntryAnswer, EntryCall, EntryRequest, HeldAnswer, HeldStep } from './entry-calls.ts';
import { LabAnswer } from './lab-answer.ts';
import { namedResult, callSentence, shownNamed, threw } from './named-calls.ts';
import { isSame } from './same.ts';
import { runShared, type Outside } from './shared-world.ts';
import { ScheduleTrial, TRIAL_INSTANCES, type TriedConsumer } from './schedule-trial.ts';
import { findSchedule, SCHEDULES } from '../schedules/schedule-search.ts';
import { storyLines } from '../schedules/story-lines.ts';

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
const JSON_TYPE = 'application/json';

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
  readonly #driver: Driver;
  readonly #newId = liveIds('lab');
  readonly #platform: Platform;
  /** Each holds one instance that calls can be sent to, for a world that several share. */
  readonly #apart: Platform[] = [];
  readonly #signal: AbortSignal;
  readonly #onProgress: (share: number) => void;
  /** What waits for an event of the trace. */
  readonly #waiting = new Set<() => void>();
  #perInstance = 1;
  /** How far the check's tries of many orders have come; null when it tries none. */
  orders: { right: number; readonly of: number } | null = null;
  /** The smallest order so far that shows a mistake; null when none has. */
  smallest: CheckFailure | null = null;
  /** Whether calls of named functions are under way: the last call is then one of the lab's own. */
  #isNamed = false;
  /** What a named function threw in the last calls of such; null when none did. */
  #threw: string | null = null;

  /**
   * @param signal ends what runs, and every later call
   * @param onProgress how far a check is that takes long, from 0 to 1
   */
  constructor(
    { driver, spec, parameters = {} }: LabFunction,
    signal: AbortSignal,
    onProgress: (share: number) => void = () => undefined,
  ) {
    this.#onProgress = onProgress;
    this.parameters = parameters;
    this.#spec = spec;
    this.#signal = signal;
    this.#driver = driver;
    this.#platform = this.#stand();
  }

  /** Lanes and calls so far. */
  get timeline(): TimelineView {
    return new Timeline(this.trace).at(this.trace.at(-1)?.at ?? 0);
  }

  /** The last call as a reader may see it; null when it is one of those by which the lab moves the code on. */
  get shown(): ShownCall | null {
    return this.#isNamed ? null : this.last;
  }

  async call(call: LabCall = {}): Promise<LabAnswer> {
    const answer = await this.#callOn(this.#platform, call);
    this.#keepFirst(answer, answer.text);
    return answer;
  }

  async #callOn(platform: Platform, call: LabCall): Promise<LabAnswer> {
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
    const response = await platform.handle({ method, url, headers: all, body: bytes });
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
    return whole;
  }

  #keepFirst(answer: LabAnswer, body: string): void {
    this.first ??= { status: answer.status, contentType: answer.header('content-type'), body };
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
    options: NamedOptions = {},
  ): Promise<NamedOutcome> {
    const sentences = calls.map(callSentence);
    this.#isNamed = true;
    const { results, steps } = options.outside
      ? await this.#shared(calls, options, options.outside())
      : await this.#inOne(calls, options);
    const told = results.map((result, index) => namedResult(sentences[index] ?? '', result));
    if (this.last !== null) this.last = shownNamed(this.last, told);
    this.#isNamed = false;
    this.#threw = results.map(threw).find((text) => text !== null) ?? null;
    return { results: told, steps };
  }

  async #inOne(
    calls: readonly NamedCall[],
    { handed = {}, schedule = [] }: NamedOptions,
  ): Promise<EntryAnswer> {
    const asked: EntryRequest = { calls: calls.map(entryCall), handed, schedule };
    const answer = await this.#ask(this.#platform, asked, calls);
    this.#keepFirst(answer, answer.text);
    return answer.json() as EntryAnswer;
  }

  /** The calls on instances of their own, whose handed-in functions answer here. */
  async #shared(
    calls: readonly NamedCall[],
    { instances = 1, schedule = [], dies = 0 }: NamedOptions,
    outside: Outside,
  ): Promise<EntryAnswer> {
    while (this.#apart.length < instances) this.#apart.push(this.#stand());
    const logs: string[] = [];
    const on = {
      tell: async (instance: number, held: HeldStep): Promise<HeldAnswer> => {
        const answer = await this.#ask(this.#apart[instance] as Platform, { held }, calls);
        logs.push(...answer.logs);
        return answer.json() as HeldAnswer;
      },
      kill: async (instance: number): Promise<void> => {
        const platform = this.#apart[instance] as Platform;
        for (const { id } of platform.instances()) platform.kill(id);
        await this.#until(() => platform.instances().length === 0);
      },
    };
    const shared = { calls: calls.map(entryCall), instances, schedule, outside, dies };
    const answer = await runShared(shared, on);
    this.first ??= { status: 200, contentType: JSON_TYPE, body: JSON.stringify(answer) };
    if (this.last !== null) this.last = { ...this.last, logs };
    return answer;
  }

  /** @throws CheckFailure when the instance did not answer */
  async #ask(platform: Platform, asked: unknown, calls: readonly NamedCall[]): Promise<LabAnswer> {
    const headers = { 'content-type': JSON_TYPE };
    const answer = await this.#callOn(platform, { body: JSON.stringify(asked), headers });
    if (answer.status === 200) return answer;
    this.#keepFirst(answer, answer.text);
    const named = calls.map((call) => ({ call: callSentence(call), answer: null }));
    this.last = { ...answer.shown, named };
    answer.must({ status: 200 });
    return answer;
  }

  async everyOrder(
    calls: readonly NamedCall[],
    holds: (outcome: NamedOutcome) => void,
    { runs = ORDERS, ...options }: Omit<NamedOptions, 'schedule'> & { runs?: number } = {},
  ): Promise<void> {
    // A call waits at its beginning and at each handed-in function. Without a choice the first that waits
    // goes on; so few choices are the simplest orders, and only many reach all of them.
    const choice = fc.nat({ max: calls.length - 1 });
    const most = calls.length * 4;
    const few = fc.array(choice, { maxLength: most });
    const many = fc.array(choice, { minLength: most, maxLength: most });
    const choices = fc.oneof({ withCrossShrink: true }, few, many);
    const orders = (this.orders = { right: 0, of: runs });
    const property = fc.asyncProperty(choices, async (schedule) => {
      const outcome = await this.interleaved(calls, { ...options, schedule });
      try {
        holds(outcome);
        orders.right += 1;
      } catch (error) {
        if (!(error instanceof CheckFailure)) throw error;
        // Each later failure of one run is smaller than the one before.
        this.smallest = new CheckFailure({
          ...error.report,
          call: this.last,
          schedule: {
            calls: outcome.results.map(({ call }) => call),
            steps: outcome.steps,
            seed: SEED,
            choices: schedule,
          },
        });
        throw this.smallest;
      }
    });
    const details = await fc.check(property, { seed: SEED, numRuns: runs, endOnFailure: false });
    this.orders = null;
    if (this.smallest !== null) throw this.smallest;
    if (details.failed) throw details.errorInstance ?? new Error('The orders could not be tried.');
  }

  async underSchedules(call: TriedConsumer['call']): Promise<void> {
    // Thousands of calls: what they say is kept, and not how each of them came and went.
    const instances = Array.from({ length: TRIAL_INSTANCES }, () =>
      this.#stand((event) => void (event.type === 'log' && this.#hear(event))),
    );
    this.#apart.push(...instances);
    const tell: TriedConsumer['tell'] = async (instance, held) =>
      (await this.#askQuietly(instances[instance] as Platform, { held })) as HeldAnswer;
    const trial = new ScheduleTrial({ call, tell });
    const found = await findSchedule({
      play: (schedules) => trial.play(schedules),
      signal: this.#signal,
      onProgress: (tried) => this.#onProgress(tried / SCHEDULES),
    });
    if (found === null) return;
    const { seed, story } = found;
    throw new CheckFailure({
      what: 'each event to have its effect once, the queue to be empty in the end, and no transaction to be left open',
      expected: 'so, under two hundred schedules',
      came: `${story.broken ?? ''} (schedule ${seed}, made as small as it gets)`,
      detail: storyLines(story).join('\n'),
      story,
    });
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
    const all = [this.#platform, ...this.#apart];
    for (const platform of all) for (const { id } of platform.instances()) platform.kill(id);
    await Promise.all(all.map((platform) => platform.stop()));
  }

  /** A value that is not there is explained by the error that was thrown instead. */
  #written(came: unknown): string {
    const isThere = came !== null && came !== undefined;
    return isThere || this.#threw === null ? written(came) : this.#threw;
  }

  /** One call that leaves no trace. @throws CheckFailure when the instance did not answer */
  async #askQuietly(platform: Platform, asked: unknown): Promise<unknown> {
    this.#signal.throwIfAborted();
    const bytes = new TextEncoder().encode(JSON.stringify(asked));
    const headers: HeaderList = [
      ['host', 'lab.invalid'],
      ['content-type', JSON_TYPE],
      ['content-length', String(bytes.byteLength)],
    ];
    const request = { method: 'POST', url: this.#spec.route, headers, body: bytes };
    const response = await platform.handle(request);
    const text = await textOf(response);
    this.first ??= { status: response.status, contentType: JSON_TYPE, body: text };
    if (response.status === 200) return JSON.parse(text);
    const shown = { method: 'POST', url: request.url, headers: {}, body: null };
    new LabAnswer(shown, { ...response, text, logs: this.logs.slice(-5) }).must({ status: 200 });
    return null;
  }

  #stand(emit: (event: TraceEvent) => void = (event) => this.#hear(event)): Platform {
    return new Platform({
      functions: [this.#spec],
      driverFor: () => this.#driver,
      policyFor: () => new Concurrent({ concurrency: this.#perInstance, idleTimeoutMs: 600_000 }),
      clock: realClock,
      newId: this.#newId,
      emit,
      place: 'local',
      development: true,
    });
  }

  #hear(event: TraceEvent): void {
    this.trace.push(event);
    if (event.type === 'log') {
      // Nothing waits for a line, and a loop prints very many.
      this.logs.push(event.text);
      return;
    }
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

function entryCall([entry, ...args]: NamedCall): EntryCall {
  return { entry, args };
}

async function textOf({ body }: ResponseMessage): Promise<string> {
  const decoder = new TextDecoder();
  if (body === null) return '';
  if (body instanceof Uint8Array) return decoder.decode(body);
  let text = '';
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
