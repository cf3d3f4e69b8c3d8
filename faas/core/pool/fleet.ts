/** How the instances of a pool come and go. What they are given to do is the pool's business. */

import { Alarm, isDue } from '../time/alarm.ts';
import type { Clock } from '../time/clock.ts';
import { PoolInstance, type PoolRequest, type Work } from './lives.ts';
import type { PoolView, ScalingPolicy } from '../scaling/policy.ts';
import type { PoolOptions, PoolPort } from './pool-port.ts';
import type { PoolTrace } from './pool-trace.ts';
import { Roster } from './roster.ts';
import type { StopReason } from '../trace/trace.ts';

/** A kept instance that was lost is replaced after this long, lest one that cannot start spin. */
const KEPT_RETRY_MS = 1000;

export class Fleet<W extends Work, M> {
  readonly roster: Roster<W, M>;
  readonly #policy: ScalingPolicy;
  readonly #port: PoolPort<W, M>;
  readonly #clock: Clock;
  readonly #newId: PoolOptions['newId'];
  readonly #trace: PoolTrace<W, M> | null;
  readonly #reaping: Alarm;
  readonly #keeping: Alarm;

  /** How many are asked for and not yet ready. */
  starting = 0;
  /** How many take requests. With `starting` never more than `policy.maxInstances`. */
  ready = 0;
  /** Kept ones that start or are ready: `policy.keptInstances`, but for losses not yet replaced. */
  #kept = 0;
  #births = 0;
  /** No kept instance is replaced any more. */
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
   * @param bound the request that will wait for it and for nothing else
   * @param cause the request that it is started for, even if that may run elsewhere
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

  /** It has run out of work: the time until it is reaped begins. */
  rest(instance: PoolInstance<W, M>, nowMs: number): void {
    if (!instance.kept) this.#reaping.set(nowMs + this.#policy.idleTimeoutMs);
  }

  /** Lets it go: at once if it runs nothing, else when it is done. */
  dismiss(instance: PoolInstance<W, M>, reason: StopReason): void {
    const { state } = instance;
    if (state.is === 'gone' || (state.is === 'leaving' && state.told)) return;
    const isFree = instance.running.length === 0;
    this.#leave(instance, reason, isFree);
    if (!isFree) return;
    if (state.is === 'starting') this.#port.kill(instance, reason);
    else this.#port.stop(instance, reason);
  }

  /** Ends it, whatever it does. The first reason it was told is the one that counts. */
  kill(instance: PoolInstance<W, M>, reason: StopReason): void {
    const known = this.#reasonOf(instance, reason);
    this.#leave(instance, known, true);
    this.#port.kill(instance, known);
  }

  /** It has left by itself or as it was told; whatever ran on it is to be failed, then `bury` it. */
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

  /** Starts what is to be kept ready and is not there. */
  keep(): void {
    if (this.#closing) return;
    while (this.#kept < this.#policy.keptInstances && this.mayStart) this.start(null, true);
  }

  /**
   * Makes as many as the policy wants now. Of too many go first those that nobody waits for yet, as
   * with Kubernetes; then those idle for longest, then the newest of the busy when they are done.
   *
   * @param cause the request that could not wait for the next tick
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

  /** From here on nothing is kept ready. */
  close(): void {
    this.#closing = true;
    this.#keeping.clear();
  }

  /** Nobody is left: no timer stays behind. */
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
