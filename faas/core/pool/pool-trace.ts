/** What a pool does, told as trace events. It exists only when somebody listens. */

import type { PoolInstance } from './instance.ts';
import type { Answered, Started } from './pool-port.ts';
import type { PoolRequest, Work } from './request.ts';
import type { ProblemCode } from '../problem.ts';
import type { StopReason, TraceEvent } from '../trace/trace.ts';

type Instance<W extends Work, M> = PoolInstance<W, M>;
type Request<W extends Work, M> = PoolRequest<W, M>;

export class PoolTrace<W extends Work, M> {
  readonly #function: string;
  readonly #emit: (event: TraceEvent) => void;
  readonly #newId: () => string;

  constructor(name: string, emit: (event: TraceEvent) => void, newId: () => string) {
    this.#function = name;
    this.#emit = emit;
    this.#newId = newId;
  }

  queued(at: number, request: Request<W, M>): void {
    const { method, url } = request.work;
    this.#emit({
      type: 'request.queued',
      at,
      function: this.#function,
      request: this.#id(request),
      method,
      url,
    });
  }

  starting(at: number, instance: Instance<W, M>, request: Request<W, M> | null): void {
    this.#emit({
      type: 'instance.starting',
      at,
      function: this.#function,
      instance: instance.id,
      request: request && this.#id(request),
    });
  }

  ready(at: number, instance: Instance<W, M>, { startMs, initMs, pid }: Started): void {
    this.#emit({
      type: 'instance.ready',
      at,
      function: this.#function,
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
      function: this.#function,
      request: this.#id(request),
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
      function: this.#function,
      request: this.#id(request),
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
      function: this.#function,
      request: this.#id(request),
      instance: ran && request.instance !== null ? request.instance.id : null,
      code,
      handlerMs: ran ? at - request.startedAt : 0,
    });
  }

  stopped(at: number, instance: Instance<W, M>, reason: StopReason): void {
    this.#emit({
      type: 'instance.stopped',
      at,
      function: this.#function,
      instance: instance.id,
      reason,
      served: instance.served,
    });
  }

  #id(request: Request<W, M>): string {
    return (request.id ??= this.#newId());
  }
}
