/**
 * The number of requests, averaged each second and kept over the stable and the panic window.
 * Knative's queue-proxies and activator report it to the autoscaler.
 *
 * After knative/serving 98e5ef90, `pkg/autoscaler/metrics/collector.go` and
 * `pkg/activator/handler/concurrency_reporter.go`. Here one place sees all requests, so no scraping
 * or sampling is needed.
 */

import type { Observed } from './autoscaler.ts';
import { LinearBuckets, WeightedBuckets } from './buckets.ts';

const REPORT_MS = 1000;

/** Lengths of the two windows and how they are averaged. */
export interface ConcurrencyMetricOptions {
  /** Long window, in whole seconds. */
  readonly stableWindowMs: number;
  /** Short window, in whole seconds. */
  readonly panicWindowMs: number;
  /** `weighted` lets the recent past count more. */
  readonly aggregation: 'linear' | 'weighted';
}

/** The average number of requests of one revision over the stable and the panic window. */
export class ConcurrencyMetric {
  readonly #stable: LinearBuckets | WeightedBuckets;
  readonly #panic: LinearBuckets | WeightedBuckets;
  /** End of the second that is being averaged; -Infinity before the first observation. */
  #reportAt = -Infinity;
  #seenAt = 0;
  #requests = 0;
  #instances = 0;
  /** Request-milliseconds in the current second. */
  #area = 0;
  /** Reported ahead of the current second's end, and subtracted from its report. */
  #advance = 0;

  constructor({ stableWindowMs, panicWindowMs, aggregation }: ConcurrencyMetricOptions) {
    const Kind = aggregation === 'linear' ? LinearBuckets : WeightedBuckets;
    this.#stable = new Kind({ windowMs: stableWindowMs });
    this.#panic = new Kind({ windowMs: panicWindowMs });
  }

  /** Records the number of requests (waiting or running) and ready instances from `nowMs` on. */
  observe(nowMs: number, requests: number, instances: number): void {
    if (this.#reportAt === -Infinity) {
      this.#reportAt = nowMs + REPORT_MS;
      this.#seenAt = nowMs;
    }
    this.#pass(nowMs);
    this.#requests = requests;
    this.#instances = instances;
  }

  /** Reports a request at once, as the activator does for the first one to a revision at zero. */
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

  /** Advances to `nowMs` and reports each second that ends on the way. */
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

  /** Whether there is neither an instance nor a held request, so that no report is made. */
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
