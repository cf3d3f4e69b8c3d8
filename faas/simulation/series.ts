/**
 * The course of a simulation in equal time bins, for figures to draw. A bin is closed when time
 * leaves it, so memory does not grow with the number of requests.
 */

import { Histogram } from './histogram.ts';
import type { ProblemCode } from '../core/problem.ts';
import { SummaryObserver } from './simulation-summary.ts';
import type { SimulatedInstance, SimulatedRequest } from './simulation.ts';

/** One time bin of a simulation. */
export interface Bin {
  /** Instances, as averages over the bin. */
  readonly starting: number;
  readonly busy: number;
  readonly idle: number;
  /** Requests that ended in it: answered, and failed. */
  readonly answered: number;
  readonly failed: number;
  /** Number of those that had started their instance. */
  readonly cold: number;
  /** Latency of the answered requests, from arrival to answer, in ms; null when there were none. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Collects a summary and time bins. */
export class SeriesObserver extends SummaryObserver {
  readonly #binMs: number;
  readonly #most: number;
  readonly #bins: Bin[] = [];
  readonly #latency = new Histogram();
  /** Current numbers of instances: living, of these ready, and of these busy. */
  #living = 0;
  #ready = 0;
  #busy = 0;
  /** The same numbers integrated over time in this bin, in instance-ms. */
  #livingMs = 0;
  #readyMs = 0;
  #busyMs = 0;
  #failed = 0;
  #cold = 0;
  #atMs = 0;

  /**
   * @param memoryMb memory configured for the function
   * @param durationMs length of the simulation; later events count in the last bin
   * @param bins integer ≥ 1
   */
  constructor(memoryMb: number, durationMs: number, bins: number) {
    super(memoryMb);
    this.#binMs = durationMs / bins;
    this.#most = bins;
  }

  override requestEnded(request: SimulatedRequest, code: ProblemCode | null, nowMs: number): void {
    super.requestEnded(request, code, nowMs);
    this.#reach(nowMs);
    if (code === null) this.#latency.add(nowMs - request.submittedAt);
    else this.#failed++;
    if (request.cold) this.#cold++;
  }

  override instanceStarted(instance: SimulatedInstance, nowMs: number): void {
    super.instanceStarted(instance, nowMs);
    this.#reach(nowMs);
    this.#living++;
  }

  override instanceReady(instance: SimulatedInstance, nowMs: number): void {
    super.instanceReady(instance, nowMs);
    this.#reach(nowMs);
    this.#ready++;
  }

  override instanceBusy(instance: SimulatedInstance, nowMs: number): void {
    super.instanceBusy(instance, nowMs);
    this.#reach(nowMs);
    this.#busy++;
  }

  override instanceIdle(instance: SimulatedInstance, nowMs: number): void {
    super.instanceIdle(instance, nowMs);
    this.#reach(nowMs);
    this.#busy--;
  }

  override instanceStopped(instance: SimulatedInstance, nowMs: number): void {
    super.instanceStopped(instance, nowMs);
    const { machine } = instance;
    this.#reach(nowMs);
    this.#living--;
    if (machine !== null && !Number.isNaN(machine.readyMs)) this.#ready--;
  }

  /** Call once, at the end and before `summary`, which counts living instances as ended. */
  series(): readonly Bin[] {
    while (this.#bins.length < this.#most) this.#close();
    return this.#bins;
  }

  /** Advances to `nowMs`, closing the bins on the way. */
  #reach(nowMs: number): void {
    while (this.#bins.length < this.#most - 1 && nowMs >= this.#endMs) this.#close();
    if (nowMs > this.#atMs) this.#pass(Math.min(nowMs, this.#endMs));
  }

  get #endMs(): number {
    return (this.#bins.length + 1) * this.#binMs;
  }

  #pass(toMs: number): void {
    const ms = toMs - this.#atMs;
    if (ms <= 0) return;
    this.#livingMs += this.#living * ms;
    this.#readyMs += this.#ready * ms;
    this.#busyMs += this.#busy * ms;
    this.#atMs = toMs;
  }

  #close(): void {
    this.#pass(this.#endMs);
    const { count } = this.#latency;
    const quantile = (share: number): number | null =>
      count === 0 ? null : this.#latency.quantile(share);
    this.#bins.push({
      starting: (this.#livingMs - this.#readyMs) / this.#binMs,
      busy: this.#busyMs / this.#binMs,
      idle: (this.#readyMs - this.#busyMs) / this.#binMs,
      answered: count,
      failed: this.#failed,
      cold: this.#cold,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
    });
    this.#latency.clear();
    this.#livingMs = this.#readyMs = this.#busyMs = 0;
    this.#failed = this.#cold = 0;
  }
}
