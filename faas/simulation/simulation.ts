/**
 * Runs the pool on a virtual clock. Instances are simulated, and all other code is the one that runs
 * live functions. Randomness comes from one seed, with a separate stream for each purpose.
 */

import { sampler, type Distribution, type Sampler } from './distribution.ts';
import { type PoolInstance, PoolRequest, type Work } from '../core/pool/lives.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import type { Answered, PoolPort } from '../core/pool/pool-port.ts';
import { Pool } from '../core/pool/pool.ts';
import type { ProblemCode } from '../core/problem.ts';
import { Random } from './random.ts';
import { hexId, type NewId } from '../core/trace/ids.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { VirtualClock, type Task } from '../core/time/virtual-clock.ts';
import { arrivals, durationMs, type Arrivals, type Workload } from './workload.ts';

/** Distributions of the durations on the simulated machine. */
export interface Timings {
  /** From start request until the runtime is up. @default none */
  readonly start?: Distribution;
  /** Loading the function's module. @default none */
  readonly init?: Distribution;
  /** Inside the handler. */
  readonly handler: Distribution;
  /** Inside the handler, for the request that started its instance. @default as `handler` */
  readonly coldHandler?: Distribution;
}

/** Receives the ends of requests and the states of instances. It must not keep the objects. */
export interface Observer {
  requestEnded(request: SimulatedRequest, code: ProblemCode | null, nowMs: number): void;
  instanceStarted(instance: SimulatedInstance, nowMs: number): void;
  /** Called after the instance has been given its first requests, if any wait. */
  instanceReady(instance: SimulatedInstance, nowMs: number): void;
  /** Called when an idle instance gets a request; not when one directly follows another. */
  instanceBusy(instance: SimulatedInstance, nowMs: number): void;
  /** Called when an instance has no request left; not when another directly follows. */
  instanceIdle(instance: SimulatedInstance, nowMs: number): void;
  instanceStopped(instance: SimulatedInstance, nowMs: number): void;
}

/** What a simulation is made with. */
export interface SimulationOptions {
  readonly policy: ScalingPolicy;
  readonly workload: Workload;
  readonly timings: Timings;
  /** > 0. See `arrivals`. @default 1 */
  readonly pace?: number;
  /** Whole number; the same seed gives the same trace. @default 1 */
  readonly seed?: number;
  /** Name of the function in the trace. @default '/api/simulated' */
  readonly function?: string;
  /** @default none */
  readonly timeLimitMs?: number;
  readonly observer?: Observer;
  /** Receives the trace events. Emitting them makes a simulation much slower. */
  readonly emit?: (event: TraceEvent) => void;
}

/** The simulator's state of a living instance; times in ms. */
export class SimulatedMachine {
  startMs = 0;
  initMs = 0;
  /** When it became ready; NaN before. */
  readyMs = NaN;
  /** Since when it has been busy; NaN while it is idle. */
  busySinceMs = NaN;
}

/** A request of a simulation's pool. */
export type SimulatedRequest = PoolRequest<SimulatedWork, SimulatedMachine>;
/** An instance of a simulation's pool. */
export type SimulatedInstance = PoolInstance<SimulatedWork, SimulatedMachine>;

const ANSWERED: Answered = { status: 200, cpuMs: null, memoryMb: null };

/** One request. Objects are reused after its end, so that millions of requests need few of them. */
class SimulatedWork implements Work, Task {
  readonly method = 'GET';
  readonly url: string;
  readonly request: SimulatedRequest;
  readonly #simulation: Simulation;
  /** Whether its handler still runs, even if the pool has ended the request. */
  isUnderWay = false;

  constructor(url: string, simulation: Simulation) {
    this.url = url;
    this.#simulation = simulation;
    this.request = new PoolRequest<SimulatedWork, SimulatedMachine>(this);
  }

  fire(): void {
    this.isUnderWay = false;
    this.#simulation.handlerEnded(this.request);
  }
}

/** Drives a pool with a workload on a virtual clock. */
export class Simulation implements PoolPort<SimulatedWork, SimulatedMachine> {
  readonly clock = new VirtualClock();
  readonly pool: Pool<SimulatedWork, SimulatedMachine>;
  readonly durationMs: number;
  readonly #url: string;
  readonly #arrivals: Arrivals;
  readonly #start: Sampler;
  readonly #init: Sampler;
  readonly #handler: Sampler;
  readonly #coldHandler: Sampler;
  readonly #observer: Observer | null;
  readonly #isTraced: boolean;
  readonly #spare: SimulatedWork[] = [];
  #nextArrival: number;
  /** Number of requests that have arrived. */
  submitted = 0;

  constructor(options: SimulationOptions) {
    const { workload, timings, pace = 1, seed = 1, policy, emit, timeLimitMs } = options;
    const random = new Random(seed);
    const draw = (name: string, distribution: Distribution | undefined): Sampler =>
      sampler(distribution ?? { is: 'constant', ms: 0 }, random.split(name));
    this.#url = options.function ?? '/api/simulated';
    this.durationMs = durationMs(workload, pace);
    this.#arrivals = arrivals(workload, random.split('arrivals'), pace);
    this.#start = draw('start', timings.start);
    this.#init = draw('init', timings.init);
    this.#handler = draw('handler', timings.handler);
    this.#coldHandler = draw('cold-handler', timings.coldHandler ?? timings.handler);
    this.#observer = options.observer ?? null;
    this.#isTraced = emit !== undefined;
    this.pool = new Pool<SimulatedWork, SimulatedMachine>({
      subject: { kind: 'function', name: this.#url, revision: 'simulated' },
      policy,
      port: this,
      clock: this.clock,
      newId: idsBy(random.split('ids')),
      ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
      ...(emit === undefined ? {} : { emit }),
    });
    this.#nextArrival = this.#arrivals();
    this.pool.begin();
  }

  /** Whether the workload is over and every request has ended. */
  get isOver(): boolean {
    const { runningRequests, boundRequests, waitingRequests } = this.pool.view;
    return (
      this.#nextArrival === Infinity && runningRequests + boundRequests + waitingRequests === 0
    );
  }

  /**
   * Runs until this many more requests have arrived, or to the end. Returns false at the end, when
   * the workload is over and every request has ended.
   */
  advance(requests = Infinity): boolean {
    const { clock } = this;
    for (let left = requests; left > 0;) {
      if (this.#nextArrival <= clock.next && this.#nextArrival !== Infinity) {
        clock.advanceTo(this.#nextArrival);
        this.#arrive();
        this.#nextArrival = this.#arrivals();
        left--;
      } else if (this.isOver || !clock.step()) return false;
    }
    return true;
  }

  /** Once all requests have ended: advances the time, by default to the end of the workload. */
  wait(untilMs = this.durationMs): void {
    while (this.clock.next <= untilMs) this.clock.step();
    if (this.clock.now() < untilMs) this.clock.advanceTo(untilMs);
  }

  #arrive(): void {
    this.submitted++;
    const { request } = this.#spare.pop() ?? new SimulatedWork(this.#url, this);
    // The trace creates ids on demand, so clear those of the object's previous request.
    if (this.#isTraced) request.id = request.span = null;
    this.pool.submit(request);
  }

  handlerEnded(request: SimulatedRequest): void {
    const { instance } = request;
    if (instance === null || !this.pool.done(request, ANSWERED)) return this.#recycle(request);
    const now = this.clock.now();
    if (instance.running.length === 0) this.#fellIdle(instance, now);
    this.#observer?.requestEnded(request, null, now);
    this.#recycle(request);
  }

  // The pool's commands.

  start(instance: SimulatedInstance): void {
    const machine = new SimulatedMachine();
    machine.startMs = this.#start();
    machine.initMs = this.#init();
    instance.machine = machine;
    this.#observer?.instanceStarted(instance, this.clock.now());
    const { startMs, initMs } = machine;
    this.clock.after(startMs + initMs, () => {
      if (instance.state.is !== 'starting') return;
      machine.readyMs = this.clock.now();
      this.pool.ready(instance, { startMs, initMs, pid: null });
      this.#observer?.instanceReady(instance, this.clock.now());
    });
  }

  run(instance: SimulatedInstance, request: SimulatedRequest): void {
    const { machine } = instance;
    if (machine !== null && Number.isNaN(machine.busySinceMs)) {
      const now = this.clock.now();
      machine.busySinceMs = now;
      this.#observer?.instanceBusy(instance, now);
    }
    request.work.isUnderWay = true;
    this.clock.schedule(request.cold ? this.#coldHandler() : this.#handler(), request.work);
  }

  stop(instance: SimulatedInstance): void {
    this.#goes(instance);
  }

  kill(instance: SimulatedInstance): void {
    this.#goes(instance);
  }

  reject(request: SimulatedRequest, code: ProblemCode): void {
    this.#observer?.requestEnded(request, code, this.clock.now());
    this.#recycle(request);
  }

  #goes(instance: SimulatedInstance): void {
    const now = this.clock.now();
    this.#fellIdle(instance, now);
    this.#observer?.instanceStopped(instance, now);
    this.pool.died(instance);
  }

  #fellIdle(instance: SimulatedInstance, now: number): void {
    const { machine } = instance;
    if (machine === null || Number.isNaN(machine.busySinceMs)) return;
    this.#observer?.instanceIdle(instance, now);
    machine.busySinceMs = NaN;
  }

  #recycle(request: SimulatedRequest): void {
    if (!request.work.isUnderWay) this.#spare.push(request.work);
  }
}

/** Makes ids that depend only on the seed. */
function idsBy(random: Random): NewId {
  const made = { instance: 0, request: 0 };
  return (kind) => {
    if (kind === 'instance' || kind === 'request') return `${kind}-${++made[kind]}`;
    return hexId(kind, () => random.uint32());
  };
}
