/**
 * The pool of one function: takes requests, asks its policy where they go, and ends each exactly
 * once. It is a synchronous state machine: a driver reports events to it, and it commands the driver
 * through a port. The live platform, the reader's tab and the simulator run this same code; they
 * differ in the port and in the clock.
 *
 * An event costs O(log n) in the number of idle instances and O(1) in the number of requests.
 * Without a trace listener it allocates nothing.
 */

import { Alarm } from '../time/alarm.ts';
import { Census } from './census.ts';
import type { Clock } from '../time/clock.ts';
import { Fleet } from './fleet.ts';
import type { PoolInstance, PoolRequest, Work } from './lives.ts';
import type { Placement, PoolView, ScalingPolicy } from '../scaling/policy.ts';
import type { Answered, PoolOptions, PoolPort, Started } from './pool-port.ts';
import { PoolTrace } from './pool-trace.ts';
import type { ProblemCode } from '../problem.ts';
import type { Roster } from './roster.ts';
import type { StopReason } from '../trace/trace.ts';
import { Traffic } from './traffic.ts';

/** `Retry-After` for a caller that was refused for lack of capacity. */
const RETRY_AFTER_S = 1;

const NONE: ReadonlySet<never> = new Set();

/** The pool of one function; a state machine that a driver and a clock drive. */
export class Pool<W extends Work = Work, M = unknown> {
  readonly policy: ScalingPolicy;
  /** The current counts of instances and requests. */
  readonly view: PoolView;
  readonly #port: PoolPort<W, M>;
  readonly #clock: Clock;
  readonly #trace: PoolTrace<W, M> | null;
  readonly #fleet: Fleet<W, M>;
  readonly #roster: Roster<W, M>;
  readonly #traffic: Traffic<W, M>;
  readonly #ticking: Alarm;

  #begun = false;
  /** The reason for draining; null while the pool takes requests. */
  #draining: StopReason | null = null;
  #drained = false;

  constructor(options: PoolOptions<W, M>) {
    const { clock, emit } = options;
    this.policy = options.policy;
    this.#port = options.port;
    this.#clock = clock;
    this.#trace = emit ? new PoolTrace(options, emit) : null;
    this.#fleet = new Fleet(options, this.#trace);
    this.#roster = this.#fleet.roster;
    this.#traffic = new Traffic(options, {
      waited: (request) => this.#reject(request, 'no-capacity', clock.now()),
      overran: (request) => this.#cutOff(request, clock.now()),
    });
    this.view = new Census(this.#fleet, this.#traffic);
    this.#ticking = new Alarm(clock, () => this.#tick());
  }

  /** All instances that are not gone, oldest first, including those that are leaving. */
  get instances(): ReadonlySet<PoolInstance<W, M>> {
    return this.#roster.all;
  }

  // For callers.

  /** Starts the policy's kept instances. The first request does so too. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#fleet.keep();
    this.#tick();
  }

  /** Takes a request. It ends exactly once: by `done`, `failed`, `abandon` or `port.reject`. */
  submit(request: PoolRequest<W, M>): void {
    if (!this.#begun) this.begin();
    const now = this.#clock.now();
    request.renew(now);
    this.#trace?.queued(now, request);
    if (this.#draining !== null) return this.#reject(request, 'shutting-down', now);
    const placement = this.policy.place(this.view);
    if (!this.#follow(placement, request, now)) {
      const isFull = this.#traffic.isFull;
      if (isFull) this.#reject(request, 'throttled', now);
      else this.#traffic.enqueue(request);
      if (placement === 'scale') this.#fleet.scale(this.view, isFull ? null : request);
    }
    this.policy.observe?.(this.view, now);
  }

  /**
   * Reports that the caller has left. A waiting request is dropped. A running one continues, as on
   * the platforms this models: its instance stays busy until `done` or `failed`, and only then does
   * the trace record it, as `client-closed`.
   */
  abandon(request: PoolRequest<W, M>): void {
    if (request.stage === 'running') request.abandoned = true;
    if (request.stage !== 'queued' && request.stage !== 'bound') return;
    const now = this.#clock.now();
    this.#fail(request, 'client-closed', now);
    this.#settle(now);
  }

  /** Stops every current instance: idle ones at once, busy ones when done. New ones may start. */
  retire(reason: StopReason): void {
    const now = this.#clock.now();
    const all = [...this.#roster.all];
    const starting = all.filter(({ state }) => state.is === 'starting');
    const started = all.filter(({ state }) => state.is !== 'starting');
    // Idle ones first: a request that loses its starting instance must not get an old one.
    for (const instance of started) this.#fleet.dismiss(instance, reason);
    for (const instance of starting.toReversed()) this.#traffic.unbind(instance);
    for (const instance of starting) this.#fleet.dismiss(instance, reason);
    this.#fleet.keep();
    this.#settle(now);
  }

  /** Takes no more requests, finishes those it has, and then lets every instance go. */
  drain(reason: StopReason = 'shutdown'): void {
    this.#draining = reason;
    this.#fleet.close();
    for (const instance of [...this.#roster.all]) {
      if (!this.#isAwaited(instance)) this.#fleet.dismiss(instance, reason);
    }
    this.#settle(this.#clock.now());
  }

  /** Ends an instance at once. Its requests fail when its death is reported. */
  kill(instance: PoolInstance<W, M>, reason: StopReason): void {
    const { state } = instance;
    const now = this.#clock.now();
    if (state.is === 'gone') return;
    if (state.is === 'starting' && state.bound !== null) {
      this.#reject(state.bound, codeOf(reason, 'start-failed'), now);
    }
    this.#fleet.kill(instance, reason);
    this.#settle(now);
  }

  // For the driver.

  /** Reports that an instance is ready. Ignored for one that is no longer wanted. */
  ready(instance: PoolInstance<W, M>, started: Started): void {
    if (instance.state.is !== 'starting') return;
    const now = this.#clock.now();
    const { bound } = instance.state;
    this.#fleet.becameReady(instance, now);
    this.#trace?.ready(now, instance, started);
    if (bound !== null) this.#run(instance, bound, now);
    this.#employ(instance, now);
    this.policy.observe?.(this.view, now);
  }

  /** Reports that an instance never became ready; the request bound to it fails with `code`. */
  startFailed(instance: PoolInstance<W, M>, code: ProblemCode = 'start-failed'): void {
    const { state } = instance;
    if (state.is === 'starting' && state.bound !== null) {
      this.#reject(state.bound, code, this.#clock.now());
    }
    this.died(instance, 'start-failed');
  }

  /** Reports an answered request. Returns false without effect if it has ended already. */
  done(request: PoolRequest<W, M>, answered: Answered): boolean {
    const { instance } = request;
    if (instance === null || request.stage !== 'running') return false;
    if (request.abandoned) return this.failed(request, 'client-closed');
    const now = this.#clock.now();
    this.#traffic.end(request);
    this.#trace?.done(now, instance, request, answered);
    this.#employ(instance, now);
    this.policy.observe?.(this.view, now);
    return true;
  }

  /**
   * Reports a failed request whose instance lives on; otherwise call `died` or `kill`.
   * Returns false without effect if the request has ended already.
   */
  failed(request: PoolRequest<W, M>, code: ProblemCode): boolean {
    const { instance } = request;
    if (instance === null || request.stage !== 'running') return false;
    const now = this.#clock.now();
    this.#fail(request, code, now);
    this.#employ(instance, now);
    this.policy.observe?.(this.view, now);
    return true;
  }

  /**
   * Reports that an instance is gone; its running requests fail.
   * @param reason used only if the instance ended unasked
   * @param unbegun requests that it was given but had not begun; they are placed again
   */
  died(
    instance: PoolInstance<W, M>,
    reason: StopReason = 'crashed',
    unbegun: ReadonlySet<PoolRequest<W, M>> = NONE,
  ): void {
    const { state } = instance;
    if (state.is === 'gone') return;
    if (state.is === 'starting' && state.bound !== null) return this.startFailed(instance);
    const now = this.#clock.now();
    const known = this.#fleet.lose(instance, reason);
    const [lost, back] = [[], []] as [PoolRequest<W, M>[], PoolRequest<W, M>[]];
    for (const request of instance.running.toSorted((a, b) => a.startedAt - b.startedAt)) {
      (unbegun.has(request) && !request.abandoned ? back : lost).push(request);
    }
    for (const request of lost) this.#reject(request, codeOf(known, 'instance-died'), now);
    // In reverse, so that the first is at the head of the queue again.
    for (const request of back.toReversed()) this.#traffic.takeBack(request);
    this.#fleet.bury(instance, known, now);
    this.#settle(now);
  }

  // Moving requests.

  #follow(placement: Placement, request: PoolRequest<W, M>, now: number): boolean {
    if (placement === 'start' && this.#fleet.mayStart) {
      this.#traffic.bound++;
      this.#fleet.start(request);
      return true;
    }
    let instance: PoolInstance<W, M> | null = null;
    if (placement === 'idle') instance = this.#roster.nextIdle;
    if (placement === 'open') instance = this.#roster.nextOpen;
    if (instance === null) return false;
    this.#run(instance, request, now);
    return true;
  }

  #run(instance: PoolInstance<W, M>, request: PoolRequest<W, M>, now: number): void {
    this.#traffic.begin(request, instance, now);
    this.#roster.file(instance, now);
    this.#trace?.started(now, instance, request);
    this.#port.run(instance, request);
  }

  /** Gives an instance waiting requests; when there are none, marks it idle or lets it leave. */
  #employ(instance: PoolInstance<W, M>, now: number): void {
    while (this.#traffic.waiting > 0 && this.#roster.hasRoom(instance)) {
      const request = this.#traffic.next();
      if (request !== null) this.#run(instance, request, now);
    }
    this.#roster.file(instance, now);
    if (instance.running.length > 0) return;
    if (instance.state.is === 'leaving') this.#fleet.dismiss(instance, instance.state.reason);
    else if (this.#draining !== null) this.#fleet.dismiss(instance, this.#draining);
    else this.#fleet.rest(instance, now);
  }

  #fail(request: PoolRequest<W, M>, code: ProblemCode, now: number): void {
    const ran = request.stage === 'running';
    this.#traffic.end(request);
    this.#trace?.failed(now, request, request.abandoned ? 'client-closed' : code, ran);
  }

  #reject(request: PoolRequest<W, M>, code: ProblemCode, now: number): void {
    this.#fail(request, code, now);
    const mayComeBack = code === 'throttled' || code === 'no-capacity' || code === 'shutting-down';
    this.#port.reject(request, code, mayComeBack ? RETRY_AFTER_S : null);
    if (code === 'no-capacity') this.#settle(now);
  }

  /** Ends a request over its time limit, and its instance: a handler cannot be interrupted. */
  #cutOff(request: PoolRequest<W, M>, now: number): void {
    const { instance } = request;
    this.#reject(request, 'timed-out', now);
    if (instance !== null) this.kill(instance, 'timed-out');
  }

  #isAwaited({ state, running }: PoolInstance<W, M>): boolean {
    if (state.is !== 'starting') return running.length > 0;
    return state.bound !== null || this.#traffic.waiting > 0;
  }

  /** After a loss: places waiting requests again, and reports the end of a drain. */
  #settle(now: number): void {
    for (let request = this.#traffic.next(); request !== null; request = this.#traffic.next()) {
      if (this.#follow(this.policy.place(this.view), request, now)) continue;
      this.#traffic.putBack(request);
      break;
    }
    this.policy.observe?.(this.view, now);
    const isDeserted = this.#traffic.waiting === 0 && this.#roster.all.size === 0;
    if (isDeserted && this.#draining !== null && !this.#drained) {
      this.#drained = true;
      this.#ticking.clear();
      this.#traffic.silence();
      this.#fleet.silence();
      this.#port.drained?.();
    }
  }

  #tick(): void {
    const { tickMs } = this.policy;
    if (tickMs === undefined) return;
    this.#fleet.scale(this.view);
    this.#ticking.set(this.#clock.now() + tickMs);
  }
}

/** The problem code of requests whose instance was lost for this reason. */
function codeOf(reason: StopReason, otherwise: ProblemCode): ProblemCode {
  return reason === 'out-of-memory' ? 'out-of-memory' : otherwise;
}
