/**
 * For tests: a pool on a virtual clock, with a driver that plays a script. Each request says what
 * will become of it; the stage keeps the trace and what the pool asked for.
 */

import type { PoolInstance } from './instance.ts';
import { Pool } from './pool.ts';
import type { PoolPort } from './pool-port.ts';
import type { ScalingPolicy } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import { PoolRequest, type Work } from './request.ts';
import type { StopReason, TraceEvent } from './trace.ts';
import { traceText } from './trace-text.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Part extends Work {
  readonly takesMs: number;
  /** `crash` ends the instance, `hang` never answers. */
  readonly fate: 'answer' | 'throw' | 'crash' | 'hang';
}

export interface Script {
  readonly policy: ScalingPolicy;
  /** @default 30 */
  readonly startMs?: number;
  /** @default 10 */
  readonly initMs?: number;
  /** How long a stopped or killed instance takes to be gone. @default 0 */
  readonly leaveMs?: number;
  /** Whether the nth start fails. @default none */
  readonly startFails?: (nth: number) => boolean;
  readonly timeLimitMs?: number;
}

type Request = PoolRequest<Part>;
type Instance = PoolInstance<Part>;

export class PoolStage implements PoolPort<Part> {
  readonly clock = new VirtualClock();
  readonly events: TraceEvent[] = [];
  /** What the pool ended by itself. */
  readonly rejected: { readonly request: Request; readonly code: ProblemCode }[] = [];
  readonly pool: Pool<Part>;
  readonly #script: Script;
  #starts = 0;
  #names = { instance: 0, request: 0 };
  isDrained = false;

  constructor(script: Script) {
    this.#script = script;
    this.pool = new Pool<Part>({
      function: '/api/hello',
      policy: script.policy,
      port: this,
      clock: this.clock,
      newId: (kind) => `${kind === 'instance' ? 'i' : 'r'}${++this.#names[kind]}`,
      emit: (event) => this.events.push(event),
      ...(script.timeLimitMs === undefined ? {} : { timeLimitMs: script.timeLimitMs }),
    });
  }

  /** Submits a request now. */
  call(takesMs = 100, fate: Part['fate'] = 'answer'): Request {
    const request: Request = new PoolRequest({ method: 'GET', url: '/api/hello', takesMs, fate });
    this.pool.submit(request);
    return request;
  }

  /** Something to happen at this time. */
  at(ms: number, act: () => void): void {
    this.clock.after(ms - this.clock.now(), act);
  }

  /** Runs to this time; without it, until nothing is left to happen. */
  play(untilMs = Infinity): void {
    this.clock.runUntil(untilMs);
  }

  /** The trace as a story. */
  get story(): string {
    return `\n${traceText(this.events)}\n`;
  }

  start(instance: Instance): void {
    const { startMs = 30, initMs = 10, startFails = () => false } = this.#script;
    const fails = startFails(++this.#starts);
    this.clock.after(startMs + initMs, () => {
      if (fails) this.pool.startFailed(instance, 'start-failed');
      else this.pool.ready(instance, { startMs, initMs, pid: null });
    });
  }

  run(instance: Instance, request: Request): void {
    const { takesMs, fate } = request.work;
    if (fate === 'hang') return;
    this.clock.after(takesMs, () => {
      if (instance.state.is === 'gone') return;
      if (fate === 'crash') this.pool.died(instance);
      else if (fate === 'throw') this.pool.failed(request, 'handler-threw');
      else this.pool.done(request, { status: 200, cpuMs: null, memoryMb: null });
    });
  }

  stop(instance: Instance, _reason: StopReason): void {
    this.#leave(instance);
  }

  kill(instance: Instance, _reason: StopReason): void {
    this.#leave(instance);
  }

  reject(request: Request, code: ProblemCode): void {
    this.rejected.push({ request, code });
  }

  drained(): void {
    this.isDrained = true;
  }

  #leave(instance: Instance): void {
    const { leaveMs = 0 } = this.#script;
    if (leaveMs === 0) this.pool.died(instance);
    else this.clock.after(leaveMs, () => this.pool.died(instance));
  }
}
