/** Turns what a pool does into trace events. The pool creates it only when `emit` is given. */

import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { Answered, PoolOptions, Started } from './pool-port.ts';
import type { ProblemCode } from '../problem.ts';
import type { NewId } from '../trace/ids.ts';
import type { Span } from '../trace/span.ts';
import type { StopReason, Subject, TraceEvent } from '../trace/trace.ts';

type Instance<W extends Work, M> = PoolInstance<W, M>;
type Request<W extends Work, M> = PoolRequest<W, M>;

/** Emits the trace events of one pool. */
export class PoolTrace<W extends Work, M> {
  readonly #subject: Subject;
  readonly #emit: (event: TraceEvent) => void;
  readonly #newId: NewId;

  constructor(
    { subject, newId }: Pick<PoolOptions<W, M>, 'subject' | 'newId'>,
    emit: (event: TraceEvent) => void,
  ) {
    this.#subject = subject;
    this.#emit = emit;
    this.#newId = newId;
  }

  queued(at: number, request: Request<W, M>): void {
    const { method, url } = request.work;
    this.#emit({ type: 'request.queued', at, ...this.#call(request), method, url });
  }

  starting(at: number, instance: Instance<W, M>, request: Request<W, M> | null): void {
    const cause = request === null ? { request, subject: this.#subject } : this.#call(request);
    this.#emit({ type: 'instance.starting', at, ...cause, instance: instance.id });
  }

  ready(at: number, instance: Instance<W, M>, { startMs, initMs, pid }: Started): void {
    this.#emit({
      type: 'instance.ready',
      at,
      subject: this.#subject,
      instance: instance.id,
      startMs,
      initMs,
      pid,
    });
  }

  started(at: number, instance: Instance<W, M>, request: Request<W, M>): void {
    this.#emit({
      type: 'request.started',
      at,
      ...this.#call(request),
      instance: instance.id,
      cold: request.cold,
      queueMs: request.queueMs,
      served: instance.served,
    });
  }

  done(at: number, instance: Instance<W, M>, request: Request<W, M>, answered: Answered): void {
    this.#emit({
      type: 'request.done',
      at,
      ...this.#call(request),
      instance: instance.id,
      status: answered.status,
      handlerMs: answered.handlerMs ?? at - request.startedAt,
      cpuMs: answered.cpuMs,
      memoryMb: answered.memoryMb,
    });
  }

  /** @param ran whether an instance took it */
  failed(at: number, request: Request<W, M>, code: ProblemCode, ran: boolean): void {
    this.#emit({
      type: 'request.failed',
      at,
      ...this.#call(request),
      instance: ran && request.instance !== null ? request.instance.id : null,
      code,
      handlerMs: ran ? at - request.startedAt : 0,
    });
  }

  stopped(at: number, instance: Instance<W, M>, reason: StopReason): void {
    this.#emit({
      type: 'instance.stopped',
      at,
      subject: this.#subject,
      instance: instance.id,
      reason,
      served: instance.served,
    });
  }

  /** The ids of a call; creates the request id and the span when it came without them. */
  #call(request: Request<W, M>): Span & { readonly subject: Subject; readonly request: string } {
    const id = (request.id ??= this.#newId('request'));
    const { trace, span, parent } = (request.span ??= this.#newTree());
    return { subject: this.#subject, request: id, trace, span, parent };
  }

  #newTree(): Span {
    return { trace: this.#newId('trace'), span: this.#newId('span'), parent: null };
  }
}
