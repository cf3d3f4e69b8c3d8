/**
 * Runs one function: its pool decides, a driver acts, and every call gets either the function's
 * answer or a problem document. It works on a server and in a page.
 *
 * A caller that leaves does not stop its invocation. As on Lambda and Vercel, the invocation runs to
 * its end and is billed.
 */

import type { HeaderList, InstanceEntry } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { type PoolInstance, PoolRequest } from '../core/pool/lives.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import { Pool } from '../core/pool/pool.ts';
import type { PoolPort } from '../core/pool/pool-port.ts';
import type { ProblemCode } from '../core/problem.ts';
import type { Span } from '../core/trace/span.ts';
import type { FunctionSubject, StopReason } from '../core/trace/trace.ts';
import { discard, LimitedBody, statedLength } from '../drivers/body.ts';
import { PendingCall } from './pending-call.ts';
import {
  describe,
  describeExit,
  reasonOf,
  InstanceEnded,
  KnownFailure,
  NotBegun,
  problemFor,
  problemResponse,
  type Failure,
} from '../drivers/failure.ts';
import { MAX_BODY_BYTES, viewOf, type HostOptions } from './host-options.ts';
import { Machine } from './machine.ts';
import type {
  Driver,
  Report,
  RequestMessage,
  ResponseMessage,
  RunningInstance,
} from '../drivers/protocol.ts';
import { receiptHeaders } from './receipt-headers.ts';

type Instance = PoolInstance<PendingCall, Machine>;
type Request = PoolRequest<PendingCall, Machine>;

/** The ids of a call in the trace. */
interface Named {
  readonly id: string;
  readonly span: Span;
}

/** One live revision of a function, with its pool. */
export class Host {
  readonly spec: FunctionSpec;
  readonly policy: ScalingPolicy;
  /** The subject of its trace events. */
  readonly #subject: FunctionSubject;
  readonly driver: Driver;
  readonly #options: HostOptions;
  readonly #pool: Pool<PendingCall, Machine>;
  readonly #drained: Promise<void>;

  constructor(spec: FunctionSpec, driver: Driver, policy: ScalingPolicy, options: HostOptions) {
    this.spec = spec;
    this.#subject = { kind: 'function', name: spec.name, revision: spec.revision };
    this.driver = driver;
    this.policy = policy;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#drained = promise;
    this.#pool = new Pool({
      subject: this.#subject,
      policy,
      port: this.#port(() => resolve(undefined)),
      clock: options.clock,
      newId: options.newId,
      timeLimitMs: spec.maxDurationS * 1000,
      ...(options.emit && { emit: options.emit }),
    });
  }

  /** Starts the policy's kept instances. The first call does so too. */
  begin(): void {
    if (this.driver.missing(this.spec) === null) this.#pool.begin();
  }

  /**
   * Answers a call. Never rejects: a failure is answered with a problem document.
   * @param signal aborts when the caller has left
   */
  handle(
    message: RequestMessage,
    { id, span }: Named,
    signal?: AbortSignal,
  ): Promise<ResponseMessage> {
    const refusal = this.#refusalOf(message);
    if (refusal !== null) return Promise.resolve(this.#problem(refusal, id, null));
    const limited = new LimitedBody(message.body, this.#maxBodyBytes);
    const call = new PendingCall({ ...message, body: limited.body }, limited);
    const request: Request = new PoolRequest(call, id, span);
    if (signal?.aborted) {
      return Promise.resolve(this.#problem({ code: 'client-closed' }, id, null));
    }
    const leave = (): void => {
      this.#pool.abandon(request);
      this.#fail(request, { code: 'client-closed' });
    };
    signal?.addEventListener('abort', leave, { once: true });
    this.#pool.submit(request);
    return call.answered;
  }

  /** Answers a call with a problem before it reaches the pool. The trace records the failure. */
  turnAway(
    { method, url }: RequestMessage,
    { id, span }: Named,
    failure: Failure,
  ): ResponseMessage {
    const { emit, clock } = this.#options;
    const of = { at: clock.now(), subject: this.#subject, request: id, ...span };
    emit?.({ type: 'request.queued', ...of, method, url });
    emit?.({ type: 'request.failed', ...of, instance: null, code: failure.code, handlerMs: 0 });
    return this.#problem(failure, id, null);
  }

  /** Signs an answer that was found without the function. */
  answerItself(response: ResponseMessage, id: string): ResponseMessage {
    return this.#sign(response, id, null, null);
  }

  /** The answer to a call that failed. */
  problem(failure: Failure, id: string): ResponseMessage {
    return this.#problem(failure, id, null);
  }

  instances(): InstanceEntry[] {
    return [...this.#pool.instances].map((instance) => viewOf(instance, this));
  }

  /** Whether it is one of this function's, and lives. */
  has(instance: string): boolean {
    return this.#find(instance) !== undefined;
  }

  /** The call that an instance runs; null when it runs none, or more than one. */
  callIn(instance: string): Named | null {
    const [only, ...more] = this.#find(instance)?.running ?? [];
    if (only === undefined || more.length > 0 || only.id === null || only.span === null)
      return null;
    return { id: only.id, span: only.span };
  }

  /** Stops every current instance, busy ones when they are done; the next call starts a new one. */
  retire(reason: StopReason): void {
    this.#pool.retire(reason);
  }

  /** Ends one instance at once; its calls fail. Returns false when no instance has this id. */
  kill(id: string): boolean {
    const instance = this.#find(id);
    if (instance !== undefined) this.#pool.kill(instance, 'killed');
    return instance !== undefined;
  }

  /** Takes no more calls, finishes those it has, and resolves when the last instance is gone. */
  stop(reason: StopReason = 'shutdown'): Promise<void> {
    this.#pool.drain(reason);
    return this.#drained;
  }

  #find(id: string): Instance | undefined {
    return [...this.#pool.instances].find((instance) => instance.id === id);
  }

  get #maxBodyBytes(): number {
    return this.#options.maxBodyBytes ?? MAX_BODY_BYTES.default;
  }

  #refusalOf(message: RequestMessage): Failure | null {
    const missing = this.driver.missing(this.spec);
    if (missing !== null) return { code: 'runtime-missing', found: missing };
    const bytes = statedLength(message);
    return bytes !== null && bytes > this.#maxBodyBytes ? this.#tooLarge(bytes) : null;
  }

  #tooLarge(bytes: number | null): Failure {
    const came = bytes === null ? 'more came' : `${bytes} came`;
    const found = `A request body may have ${this.#maxBodyBytes} bytes, and ${came}. Send less at once.`;
    return { code: 'body-too-large', found };
  }

  #port(drained: () => void): PoolPort<PendingCall, Machine> {
    return {
      start: (instance) => {
        instance.machine = new Machine();
        void this.#start(instance, instance.machine);
      },
      run: (instance, request) => void this.#run(instance, request),
      stop: (instance) => {
        if (instance.machine?.stop() !== true) this.#pool.died(instance);
      },
      kill: (instance) => {
        if (instance.machine?.kill() !== true) this.#pool.died(instance);
      },
      reject: (request, code, retryAfterS) => {
        const found = request.instance?.machine?.failure;
        this.#fail(request, { code, retryAfterS, ...found });
      },
      drained,
    };
  }

  async #start(instance: Instance, machine: Machine): Promise<void> {
    let running: RunningInstance;
    try {
      running = await this.driver.start(this.spec, {
        id: instance.id,
        concurrency: this.policy.concurrency,
        signal: machine.starting,
        onLog: (stream, text) => this.#log(instance, stream, text),
      });
    } catch (error) {
      machine.failure = machine.failure ?? describe(error);
      this.#pool.startFailed(instance, error instanceof KnownFailure ? error.code : undefined);
      return;
    }
    if (!machine.take(running)) return;
    this.#pool.ready(instance, running);
    const exit = await running.exited;
    // Keep the reason if we ended the instance ourselves.
    if (machine.failure === null || exit.fault !== undefined) machine.failure = describeExit(exit);
    this.#pool.died(instance, reasonOf(exit), machine.unbegun);
  }

  async #run(instance: Instance, request: Request): Promise<void> {
    const running = instance.machine?.running;
    if (!running) return;
    this.#thaw(instance);
    try {
      const invocation = await running.invoke(request.work.message);
      const { body } = invocation.response;
      const isWhole = body === null || body instanceof Uint8Array;
      if (!isWhole) this.#relay(instance, request, invocation.response);
      const report = await invocation.report;
      // Conclude before answering, so that the caller's next call finds the instance idle.
      const answer = isWhole ? this.#conclude(request, invocation.response, report) : null;
      this.#end(request, invocation.response.status, report, running);
      if (answer !== null) request.work.answer(answer);
    } catch (error) {
      this.#broke(running, request, error);
    }
    this.#freeze(instance);
  }

  /** Stops an instance that has nothing to do, where its policy says so. */
  #freeze(instance: Instance): void {
    if (!this.#mayFreeze || instance.condition !== 'idle') return;
    const { machine } = instance;
    if (machine === null || machine.isFrozen) return;
    machine.freeze();
    const { emit, clock } = this.#options;
    const of = { at: clock.now(), subject: this.#subject, instance: instance.id };
    emit?.({ type: 'instance.frozen', ...of });
  }

  #thaw(instance: Instance): void {
    if (instance.machine?.thaw() !== true) return;
    const { emit, clock } = this.#options;
    const of = { at: clock.now(), subject: this.#subject, instance: instance.id };
    emit?.({ type: 'instance.thawed', ...of });
  }

  get #mayFreeze(): boolean {
    return this.policy.freezesIdle === true && this.driver.lacks.signals === undefined;
  }

  /** Answers with a body that is streamed as it arrives. */
  #relay(instance: Instance, request: Request, response: ResponseMessage): void {
    const { emit, clock } = this.#options;
    const at = clock.now();
    const handlerMs = at - request.startedAt;
    if (request.id !== null && request.span !== null) {
      const of = { subject: this.#subject, request: request.id, ...request.span };
      emit?.({ type: 'request.streaming', at, ...of, instance: instance.id });
    }
    const taken = request.work.answer(this.#sign(response, request.id, request, handlerMs));
    if (!taken) void discard(response.body);
  }

  /** Ends a call whose report arrived before its answer was sent, and returns the answer. */
  #conclude(request: Request, response: ResponseMessage, report: Report): ResponseMessage {
    const { error, handlerMs } = report;
    if (error === null) return this.#sign(response, request.id, request, handlerMs);
    const failure: Failure = { code: 'handler-threw', found: error.message, stack: error.stack };
    return this.#problem(failure, request.id, request);
  }

  #end(request: Request, status: number, report: Report, running: RunningInstance): void {
    if (report.error !== null) this.#pool.failed(request, 'handler-threw');
    else {
      const { cpuMs, handlerMs } = report;
      this.#pool.done(request, { status, cpuMs, handlerMs, memoryMb: running.memoryMb() });
    }
  }

  /** Handles an aborted exchange: the caller's body failed, or the instance did. */
  #broke(running: RunningInstance, request: Request, error: unknown): void {
    const { failure } = request.work.limited;
    if (failure !== null) {
      const code: ProblemCode = failure === 'too-large' ? 'body-too-large' : 'client-closed';
      this.#fail(request, failure === 'too-large' ? this.#tooLarge(null) : { code });
      this.#pool.failed(request, code);
      return;
    }
    if (error instanceof KnownFailure) {
      this.#fail(request, { code: error.code, ...describe(error) });
      this.#pool.failed(request, error.code);
      return;
    }
    const machine = request.instance?.machine;
    if (error instanceof NotBegun && !request.work.wasLost) {
      request.work.wasLost = true;
      machine?.unbegun.add(request);
    }
    if (error instanceof InstanceEnded) return;
    // The state of the instance is unknown, so it takes no more calls.
    if (machine) machine.failure ??= describe(error);
    running.kill();
  }

  #fail(request: Request, failure: Failure): void {
    request.work.answer(this.#problem(failure, request.id, request));
  }

  #problem(failure: Failure, id: string | null, request: Request | null): ResponseMessage {
    const document = problemFor(failure, this.spec, this.#options.development === true);
    const { retryAfterS, headers = [] } = failure;
    const retry: HeaderList = retryAfterS ? [['retry-after', String(Math.ceil(retryAfterS))]] : [];
    const response = problemResponse(document, [...retry, ...headers]);
    const now = this.#options.clock.now();
    const handlerMs = request && request.startedAt > 0 ? now - request.startedAt : null;
    return this.#sign(response, id, request, handlerMs);
  }

  /** Adds the receipt headers to an answer. */
  #sign(
    { status, headers, body }: ResponseMessage,
    id: string | null,
    request: Request | null,
    handlerMs: number | null,
  ): ResponseMessage {
    const instance = request?.instance ?? null;
    const signed = receiptHeaders(headers, {
      place: this.#options.place,
      code: this.spec.code,
      request: id,
      instance,
      call: request,
      running: instance?.machine?.running ?? null,
      handlerMs,
      storeMs: id === null ? 0 : (this.#options.storeMs?.(id) ?? 0),
    });
    return { status, headers: signed, body };
  }

  #log(instance: Instance, stream: 'stdout' | 'stderr', text: string): void {
    const { emit, clock } = this.#options;
    // With concurrent requests it is unknown which of them wrote the line.
    const certain = this.policy.concurrency === 1 ? instance.running[0] : undefined;
    emit?.({
      type: 'log',
      at: clock.now(),
      subject: this.#subject,
      ...(certain?.span ?? {}),
      instance: instance.id,
      request: certain?.id ?? null,
      stream,
      text,
    });
  }
}
