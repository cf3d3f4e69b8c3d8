/** Starts and stops the instances of a pool. The pool assigns their requests. */

import { Alarm, isDue } from '../time/alarm.ts';
import type { Clock } from '../time/clock.ts';
import { PoolInstance, type PoolRequest, type Work } from './lives.ts';
import type { PoolView, ScalingPolicy } from '../scaling/policy.ts';
import type { PoolOptions, PoolPort } from './pool-port.ts';
import type { PoolTrace } from './pool-trace.ts';
import { Roster } from './roster.ts';
import type { StopReason } from '../trace/trace.ts';

/** Back-off before replacing a lost kept instance, so that one that cannot start does not loop. */
const KEPT_RETRY_MS = 1000;

/** The instances of one pool: starts, stops and replaces them within the policy's limits. */
export class Fleet<W extends Work, M> {
  readonly roster: Roster<W, M>;
  readonly #policy: ScalingPolicy;
  readonly #port: PoolPort<W, M>;
  readonly #clock: Clock;
  readonly #newId: PoolOptions['newId'];
  readonly #trace: PoolTrace<W, M> | null;
  readonly #reaping: Alarm;
  readonly #keeping: Alarm;

  /** Number of instances requested and not yet ready. */
  starting = 0;
  /** Number of instances that take requests. `starting + ready` is at most `policy.maxInstances`. */
  ready = 0;
  /** Kept instances starting or ready: `policy.keptInstances` less the losses not yet replaced. */
  #kept = 0;
  #births = 0;
  /** Set when the pool closes: kept instances are no longer replaced. */
  #closing = false;

  constructor(options: PoolOptions<W, M>, trace: PoolTrace<W, M> | null) {
    this.#policy = options.policy;
    this.#port = options.port;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#trace = trace;
    this.roster = new Roster(options.policy);
    this.#reaping = new Alarm(options.clock, () => this.#reap());
    this.#keeping = new Alarm(options.clock, () => this.keep());
  }

  get mayStart(): boolean {
    return this.#count < this.#policy.maxInstances;
  }

  get #count(): number {
    return this.starting + this.ready;
  }

  /**
   * @param bound the request that waits for this instance only
   * @param cause the request that triggered the start, even if it may run elsewhere
   */
  start(
    bound: PoolRequest<W, M> | null,
    kept = false,
    cause: PoolRequest<W, M> | null = bound,
  ): void {
    const now = this.#clock.now();
    const id = this.#newId('instance');
    const instance = new PoolInstance<W, M>(id, this.#births++, now, cause, kept);
    this.roster.all.add(instance);
    this.starting++;
    if (kept) this.#kept++;
    if (cause !== null) cause.boundAt = now;
    if (bound !== null) {
      instance.state = { is: 'starting', bound };
      bound.bind(instance);
    }
    this.#trace?.starting(now, instance, cause);
    this.#port.start(instance);
  }

  becameReady(instance: PoolInstance<W, M>, nowMs: number): void {
    this.starting--;
    this.ready++;
    instance.state = { is: 'ready', at: nowMs };
  }

  /** Starts the idle timeout of an instance that has no requests left; kept ones have none. */
  rest(instance: PoolInstance<W, M>, nowMs: number): void {
    if (!instance.kept) this.#reaping.set(nowMs + this.#policy.idleTimeoutMs);
  }

  /** Stops an instance: at once if it runs no request, else when its requests are done. */
  dismiss(instance: PoolInstance<W, M>, reason: StopReason): void {
    const { state } = instance;
    if (state.is === 'gone' || (state.is === 'leaving' && state.told)) return;
    const isFree = instance.running.length === 0;
    this.#leave(instance, reason, isFree);
    if (!isFree) return;
    if (state.is === 'starting') this.#port.kill(instance, reason);
    else this.#port.stop(instance, reason);
  }

  /** Ends an instance whatever it is doing. The reason first given for its end is kept. */
  kill(instance: PoolInstance<W, M>, reason: StopReason): void {
    const known = this.#reasonOf(instance, reason);
    this.#leave(instance, known, true);
    this.#port.kill(instance, known);
  }

  /**
   * Records that an instance has ended, asked or unasked. The caller fails its requests and then
   * calls `bury`.
   */
  lose(instance: PoolInstance<W, M>, reason: StopReason): StopReason {
    const known = this.#reasonOf(instance, reason);
    this.#leave(instance, known, true);
    return known;
  }

  bury(instance: PoolInstance<W, M>, reason: StopReason, nowMs: number): void {
    instance.state = { is: 'gone', at: nowMs, reason };
    this.roster.all.delete(instance);
    this.#trace?.stopped(nowMs, instance, reason);
    if (instance.kept && !this.#closing) this.#keeping.set(nowMs + KEPT_RETRY_MS);
  }

  /** Starts the kept instances that are missing. */
  keep(): void {
    if (this.#closing) return;
    while (this.#kept < this.#policy.keptInstances && this.mayStart) this.start(null, true);
  }

  /**
   * Adjusts the count to what the policy wants now. A surplus is stopped in this order, as in
   * Kubernetes: starting instances without a bound request, then those idle longest, then the newest
   * busy ones once they are done.
   *
   * @param cause the request that triggered scaling before the next tick
   */
  scale(view: PoolView, cause: PoolRequest<W, M> | null = null): void {
    const wanted = this.#policy.desired?.(view, this.#clock.now());
    if (wanted === undefined) return;
    const mayGrow = !this.#closing || view.waitingRequests > 0;
    for (let next = cause; mayGrow && this.#count < wanted && this.mayStart; next = null) {
      this.start(null, false, next);
    }
    for (const instance of [...this.roster.all].reverse()) {
      if (this.#count > wanted && isFreeStart(instance)) this.dismiss(instance, 'surplus');
    }
    while (this.#count > wanted && this.roster.nextReaped !== null) {
      this.dismiss(this.roster.nextReaped, 'surplus');
    }
    for (const instance of [...this.roster.all].reverse()) {
      const isBusy = instance.condition === 'busy';
      if (this.#count > wanted && isBusy) this.dismiss(instance, 'surplus');
    }
  }

  /** Stops replacing kept instances. */
  close(): void {
    this.#closing = true;
    this.#keeping.clear();
  }

  /** Cancels all timers; called when the last instance is gone. */
  silence(): void {
    this.#reaping.clear();
  }

  #leave(instance: PoolInstance<W, M>, reason: StopReason, told: boolean): void {
    const { is } = instance.state;
    if (is === 'starting') this.starting--;
    if (is === 'ready') this.ready--;
    if (instance.kept && (is === 'starting' || is === 'ready')) this.#kept--;
    instance.state = { is: 'leaving', reason, told };
    this.roster.file(instance, this.#clock.now());
  }

  #reasonOf({ state }: PoolInstance<W, M>, reason: StopReason): StopReason {
    return state.is === 'leaving' && state.told ? state.reason : reason;
  }

  #reap(): void {
    const now = this.#clock.now();
    for (let oldest = this.roster.nextReaped; oldest !== null; oldest = this.roster.nextReaped) {
      const deadline = oldest.idleSince + this.#policy.idleTimeoutMs;
      if (!isDue(deadline, now)) return this.#reaping.set(deadline);
      this.dismiss(oldest, 'idle');
    }
  }
}

function isFreeStart<W extends Work, M>({ state }: PoolInstance<W, M>): boolean {
  return state.is === 'starting' && state.bound === null;
}
