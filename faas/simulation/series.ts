/**
 * A simulation over time: its duration cut into equal bins, and for each what a figure draws of it.
 * A bin is finished when time leaves it, so that memory does not grow with the number of requests.
 */

import { Histogram } from './histogram.ts';
import type { ProblemCode } from '../core/problem.ts';
import { SummaryObserver } from './simulation-summary.ts';
import type { SimulatedInstance, SimulatedRequest } from './simulation.ts';

export interface Bin {
  /** Instances, as averages over the bin. */
  readonly starting: number;
  readonly busy: number;
  readonly idle: number;
  /** Requests that ended in it: answered, and failed. */
  readonly answered: number;
  readonly failed: number;
  /** Of those, how many had started their instance. */
  readonly cold: number;
  /** Of the answered ones, from asking to the answer, in ms; null when there were none. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** A summary, and how it came about. */
export class SeriesObserver extends SummaryObserver {
  readonly #binMs: number;
  readonly #most: number;
  readonly #bins: Bin[] = [];
  readonly #latency = new Histogram();
  /** Instances that live, those of them that are ready, and those of these that have work. */
  #living = 0;
  #ready = 0;
  #busy = 0;
  /** The same times the ms that they were so many, in this bin. */
  #livingMs = 0;
  #readyMs = 0;
  #busyMs = 0;
  #failed = 0;
  #cold = 0;
  #atMs = 0;

  /**
   * @param memoryMb memory configured for the function
   * @param durationMs of the simulation: what ends later is counted in the last bin
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

  /** Call it once, at the end and before `summary`, which takes what still lives for ended. */
  series(): readonly Bin[] {
    while (this.#bins.length < this.#most) this.#close();
    return this.#bins;
  }

  /** Lets time pass until `nowMs`, over as many bins as lie between. */
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
