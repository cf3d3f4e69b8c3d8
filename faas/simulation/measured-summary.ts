/** Summarises a run from its trace, in the same measures as a simulation's summary. */

import { Histogram } from './histogram.ts';
import { Timeline } from '../core/trace/timeline.ts';
import type { Count } from '../core/trace/timeline-view.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { percentiles, type Summary } from './simulation-summary.ts';

/** The measures that live and simulated runs have in common. */
export interface Measures {
  readonly requests: Pick<Summary['requests'], 'submitted' | 'answered' | 'cold' | 'coldShare'>;
  readonly instances: Pick<Summary['instances'], 'started' | 'most' | 'average'>;
  readonly latencyMs: Summary['latencyMs'];
}

type Event<T extends TraceEvent['type']> = Extract<TraceEvent, { readonly type: T }>;

/**
 * Summarises the events of a run. Averages over time cover `fromMs` to the end of the last request.
 *
 * @param events all events of one function
 * @param fromMs start of the workload, by the clock of the events
 */
export function measuredSummary(events: readonly TraceEvent[], fromMs: number): Measures {
  const last = events.findLastIndex(
    ({ type }) => type === 'request.done' || type === 'request.failed',
  );
  const counted = events.slice(0, last + 1);
  const tally = new Tally();
  for (const event of counted) tally.add(event);
  const toMs = counted.at(-1)?.at ?? fromMs;
  const { counts } = new Timeline(counted).at(toMs);
  return {
    requests: tally.requests(),
    instances: { started: tally.started, ...over(counts, fromMs, toMs) },
    latencyMs: tally.latencyMs(),
  };
}

/** Counts requests and the phases of their latency. */
class Tally {
  started = 0;
  #submitted = 0;
  #taken = 0;
  #cold = 0;
  /** Queue times of requests that have not ended, by request id. */
  readonly #queuedAt = new Map<string, number>();
  readonly #startOf = new Map<string, Event<'request.started'>>();
  readonly #readyOf = new Map<string, Event<'instance.ready'>>();
  readonly #total = new Histogram();
  readonly #queue = new Histogram();
  readonly #start = new Histogram();
  readonly #init = new Histogram();
  readonly #handler = new Histogram();

  add(event: TraceEvent): void {
    switch (event.type) {
      case 'instance.starting':
        this.started++;
        break;
      case 'instance.ready':
        this.#readyOf.set(event.instance, event);
        break;
      case 'request.queued':
        this.#submitted++;
        this.#queuedAt.set(event.request, event.at);
        break;
      case 'request.started':
        this.#taken++;
        if (event.cold) this.#cold++;
        this.#startOf.set(event.request, event);
        break;
      case 'request.done':
        this.#answered(event);
        this.#forget(event.request);
        break;
      case 'request.failed':
        this.#forget(event.request);
    }
  }

  requests(): Measures['requests'] {
    return {
      submitted: this.#submitted,
      answered: this.#total.count,
      cold: this.#cold,
      coldShare: this.#taken > 0 ? this.#cold / this.#taken : 0,
    };
  }

  latencyMs(): Measures['latencyMs'] {
    return {
      total: percentiles(this.#total),
      queue: percentiles(this.#queue),
      start: percentiles(this.#start),
      init: percentiles(this.#init),
      handler: percentiles(this.#handler),
    };
  }

  #answered({ request, instance, at, handlerMs }: Event<'request.done'>): void {
    const start = this.#startOf.get(request);
    this.#total.add(at - (this.#queuedAt.get(request) ?? at));
    this.#queue.add(start?.queueMs ?? 0);
    this.#handler.add(handlerMs);
    const ready = start?.cold === true ? this.#readyOf.get(instance) : undefined;
    if (ready === undefined) return;
    this.#start.add(ready.startMs);
    this.#init.add(ready.initMs);
  }

  #forget(request: string): void {
    this.#queuedAt.delete(request);
    this.#startOf.delete(request);
  }
}

/** Integrates counts over time; each count holds until the next. */
function over(
  counts: readonly Count[],
  fromMs: number,
  toMs: number,
): Omit<Measures['instances'], 'started'> {
  const sum = { starting: 0, busy: 0, idle: 0 };
  let most = 0;
  for (const [i, { atMs, starting, busy, idle }] of counts.entries()) {
    most = Math.max(most, starting + busy + idle);
    const ms = (counts[i + 1]?.atMs ?? toMs) - Math.max(atMs, fromMs);
    if (ms <= 0) continue;
    sum.starting += starting * ms;
    sum.busy += busy * ms;
    sum.idle += idle * ms;
  }
  const average = (total: number): number => (toMs > fromMs ? total / (toMs - fromMs) : 0);
  return {
    most,
    average: {
      total: average(sum.starting + sum.busy + sum.idle),
      starting: average(sum.starting),
      running: average(sum.busy),
      idle: average(sum.idle),
    },
  };
}
