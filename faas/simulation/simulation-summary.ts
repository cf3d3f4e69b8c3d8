/**
 * Summarises a simulation as requests end and instances come and go, in constant memory.
 */

import { Histogram } from './histogram.ts';
import { Meter, type Usage } from '../prices/usage.ts';
import type { ProblemCode } from '../core/problem.ts';
import type { Observer, SimulatedInstance, SimulatedRequest, Simulation } from './simulation.ts';

/** Times in ms; percentiles are off by at most 0.4 %, the mean and the largest are exact. */
export interface Percentiles {
  /** Number of requests that had this phase. */
  readonly count: number;
  /** Null when `count` is 0, as are the others. */
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

/** The results of a simulation. */
export interface Summary {
  /** Simulated seconds until the workload was over and the last request had ended. */
  readonly simulatedS: number;
  readonly requests: {
    readonly submitted: number;
    readonly answered: number;
    /** Number of failed requests by code, only for codes that occurred. */
    readonly failed: Readonly<Partial<Record<ProblemCode, number>>>;
    readonly cold: number;
    /** Share of cold requests among those that an instance took, from 0 to 1. */
    readonly coldShare: number;
  };
  readonly instances: {
    readonly started: number;
    readonly most: number;
    /** Averages over time. */
    readonly average: {
      readonly total: number;
      readonly starting: number;
      readonly running: number;
      readonly idle: number;
    };
    /** Mean time from start request to end, of instances that have ended; null when none has. */
    readonly meanLifespanS: number | null;
  };
  /** Of answered requests; `start` and `init` only of those that started their instance. */
  readonly latencyMs: Readonly<
    Record<'total' | 'queue' | 'start' | 'init' | 'handler', Percentiles>
  >;
  readonly usage: Usage;
}

/** Collects the summary of a simulation. */
export class SummaryObserver implements Observer {
  readonly #meter: Meter;
  readonly #total = new Histogram();
  readonly #queue = new Histogram();
  readonly #start = new Histogram();
  readonly #init = new Histogram();
  readonly #handler = new Histogram();
  readonly #failed: Partial<Record<ProblemCode, number>> = {};
  #taken = 0;
  #cold = 0;
  #started = 0;
  #gone = 0;
  #most = 0;
  #startingMs = 0;
  #busyMs = 0;
  #livedMs = 0;

  /** @param memoryMb memory configured for the function */
  constructor(memoryMb: number) {
    this.#meter = new Meter(memoryMb);
  }

  requestEnded(request: SimulatedRequest, code: ProblemCode | null, nowMs: number): void {
    const { instance, startedAt, submittedAt, cold } = request;
    const machine = instance?.machine ?? null;
    const wasTaken = machine !== null && !Number.isNaN(machine.readyMs);
    const handlerMs = wasTaken ? nowMs - startedAt : 0;
    if (wasTaken) {
      this.#taken++;
      if (cold) this.#cold++;
      this.#meter.invoked(handlerMs, cold ? machine.startMs + machine.initMs : 0, null, 0);
    }
    if (code !== null) {
      this.#failed[code] = (this.#failed[code] ?? 0) + 1;
      return;
    }
    this.#total.add(nowMs - submittedAt);
    this.#queue.add(request.queueMs);
    this.#handler.add(handlerMs);
    if (!cold || machine === null) return;
    this.#start.add(machine.startMs);
    this.#init.add(machine.initMs);
  }

  instanceStarted(_instance: SimulatedInstance, _nowMs: number): void {
    this.#started++;
    this.#most = Math.max(this.#most, this.#started - this.#gone);
  }

  instanceReady(instance: SimulatedInstance, nowMs: number): void {
    this.#startingMs += nowMs - instance.startedAt;
    // If a request has begun at once, the active period continues and is metered at its end.
    if (instance.running.length === 0) this.#meter.active(nowMs - instance.startedAt);
  }

  instanceBusy(_instance: SimulatedInstance, _nowMs: number): void {
    // Busy periods are counted at their end, when the length is known.
  }

  instanceIdle({ machine, startedAt }: SimulatedInstance, nowMs: number): void {
    if (machine === null) return;
    const { busySinceMs, readyMs } = machine;
    this.#busyMs += nowMs - busySinceMs;
    this.#meter.active(nowMs - (busySinceMs === readyMs ? startedAt : busySinceMs));
  }

  instanceStopped({ startedAt, machine }: SimulatedInstance, nowMs: number): void {
    this.#gone++;
    this.#livedMs += nowMs - startedAt;
    this.#meter.lived(nowMs - startedAt);
    if (machine !== null && Number.isNaN(machine.readyMs)) {
      this.#startingMs += nowMs - startedAt;
      this.#meter.active(nowMs - startedAt);
    }
  }

  /** Call once, at the end: instances still alive count as if they ended now. */
  summary(simulation: Simulation): Summary {
    const nowMs = simulation.clock.now();
    const goneMs = this.#livedMs;
    const gone = this.#gone;
    for (const instance of simulation.pool.instances) {
      if (instance.running.length > 0) this.instanceIdle(instance, nowMs);
      this.instanceStopped(instance, nowMs);
    }
    const average = (ms: number): number => (nowMs > 0 ? ms / nowMs : 0);
    return {
      simulatedS: nowMs / 1000,
      requests: {
        submitted: simulation.submitted,
        answered: this.#total.count,
        failed: this.#failed,
        cold: this.#cold,
        coldShare: this.#taken > 0 ? this.#cold / this.#taken : 0,
      },
      instances: {
        started: this.#started,
        most: this.#most,
        average: {
          total: average(this.#livedMs),
          starting: average(this.#startingMs),
          running: average(this.#busyMs),
          idle: average(this.#livedMs - this.#startingMs - this.#busyMs),
        },
        meanLifespanS: gone > 0 ? goneMs / gone / 1000 : null,
      },
      latencyMs: {
        total: percentiles(this.#total),
        queue: percentiles(this.#queue),
        start: percentiles(this.#start),
        init: percentiles(this.#init),
        handler: percentiles(this.#handler),
      },
      usage: this.#meter.usage(),
    };
  }
}

/** Reads count, mean, percentiles and maximum from a histogram. */
export function percentiles(histogram: Histogram): Percentiles {
  const { count } = histogram;
  const orNull = (value: number): number | null => (count === 0 ? null : value);
  return {
    count,
    mean: orNull(histogram.mean),
    p50: orNull(histogram.quantile(0.5)),
    p90: orNull(histogram.quantile(0.9)),
    p99: orNull(histogram.quantile(0.99)),
    p999: orNull(histogram.quantile(0.999)),
    max: orNull(histogram.max),
  };
}
