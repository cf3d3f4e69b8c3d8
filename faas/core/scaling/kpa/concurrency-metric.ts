/**
 * How many requests there are, averaged each second and kept over the stable and the panic window:
 * what Knative's queue-proxies and activator report, and its autoscaler reads.
 *
 * After knative/serving 98e5ef90, `pkg/autoscaler/metrics/collector.go` and
 * `pkg/activator/handler/concurrency_reporter.go`; one place sees all requests here, so nothing has
 * to be scraped, sampled or counted twice.
 */

import type { Observed } from './autoscaler.ts';
import { LinearBuckets, WeightedBuckets } from './buckets.ts';

const REPORT_MS = 1000;

export interface ConcurrencyMetricOptions {
  /** Long window, in whole seconds. */
  readonly stableWindowMs: number;
  /** Short window, in whole seconds. */
  readonly panicWindowMs: number;
  /** `weighted` lets the recent past count more. */
  readonly aggregation: 'linear' | 'weighted';
}

export class ConcurrencyMetric {
  readonly #stable: LinearBuckets | WeightedBuckets;
  readonly #panic: LinearBuckets | WeightedBuckets;
  /** End of the second that is being averaged; -Infinity before the first observation. */
  #reportAt = -Infinity;
  #seenAt = 0;
  #requests = 0;
  #instances = 0;
  /** Request-milliseconds of this second. */
  #area = 0;
  /** Was reported ahead of its second and is taken off that. */
  #advance = 0;

  constructor({ stableWindowMs, panicWindowMs, aggregation }: ConcurrencyMetricOptions) {
    const Kind = aggregation === 'linear' ? LinearBuckets : WeightedBuckets;
    this.#stable = new Kind({ windowMs: stableWindowMs });
    this.#panic = new Kind({ windowMs: panicWindowMs });
  }

  /** From `nowMs` on there are so many requests, waiting or running, and so many ready instances. */
  observe(nowMs: number, requests: number, instances: number): void {
    if (this.#reportAt === -Infinity) {
      this.#reportAt = nowMs + REPORT_MS;
      this.#seenAt = nowMs;
    }
    this.#pass(nowMs);
    this.#requests = requests;
    this.#instances = instances;
  }

  /** Reports a request at once, as the activator does when it is the first to a revision at zero. */
  announce(nowMs: number): void {
    this.#pass(nowMs);
    this.#record(nowMs, 1);
    this.#advance++;
  }

  /** Both averages at `nowMs`; null when nothing was reported for a whole window. */
  observed(nowMs: number): Observed | null {
    this.#pass(nowMs);
    if (this.#stable.isEmpty(nowMs)) return null;
    return { stable: this.#stable.average(nowMs), panic: this.#panic.average(nowMs) };
  }

  /** Lets time pass, and reports each second that ends on the way. */
  #pass(nowMs: number): void {
    while (this.#reportAt <= nowMs) {
      if (this.#isSilent) return this.#skip(nowMs);
      this.#area += this.#requests * (this.#reportAt - this.#seenAt);
      this.#record(this.#reportAt, Math.max(0, this.#area / REPORT_MS - this.#advance));
      this.#area = 0;
      this.#advance = 0;
      this.#seenAt = this.#reportAt;
      this.#reportAt += REPORT_MS;
    }
    this.#area += this.#requests * (nowMs - this.#seenAt);
    this.#seenAt = nowMs;
  }

  /** With no instance to ask and no request to hold, nobody reports. */
  get #isSilent(): boolean {
    return this.#requests === 0 && this.#instances === 0 && this.#area === 0;
  }

  #skip(nowMs: number): void {
    const seconds = Math.floor((nowMs - this.#reportAt) / REPORT_MS) + 1;
    this.#reportAt += seconds * REPORT_MS;
    this.#seenAt = nowMs;
    this.#advance = 0;
  }

  #record(atMs: number, concurrency: number): void {
    this.#stable.record(atMs, concurrency);
    this.#panic.record(atMs, concurrency);
  }
}
