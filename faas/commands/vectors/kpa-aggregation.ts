/** Replays recorded metric windows of Knative on ours. Every average must be the same double. */

import { LinearBuckets, WeightedBuckets } from '../../core/scaling/kpa/buckets.ts';
import { MaxWindow } from '../../core/scaling/kpa/max-window.ts';
import { describeDifference } from './verdict.ts';

/** One recorded step: a value added, or an average read (`want`). */
export interface AggregationOp {
  readonly op: 'record' | 'average';
  /** Time since `t0UnixMs`, in ms. */
  readonly atMs: number;
  /** The recorded value; 0 when absent. */
  readonly value?: number;
  readonly want: number;
  readonly isEmpty: boolean;
}

/** One recorded window with its settings and steps. */
export interface AggregationTrace {
  readonly kind: 'linear' | 'weighted' | 'timeWindowMax';
  readonly windowMs: number;
  readonly granularityMs: number;
  readonly t0UnixMs: number;
  /** Given for `weighted`, because computing it may round differently in another language. */
  readonly smoothingCoeff?: number;
  readonly ops: readonly AggregationOp[];
}

interface Aggregate {
  record(atMs: number, value: number): void;
  average(nowMs: number): number;
  isEmpty(nowMs: number): boolean;
}

/** The first difference between our averages and the recorded ones; null when there is none. */
export function aggregationDifference(trace: AggregationTrace): string | null {
  const aggregate = aggregateOf(trace);
  for (const [index, { op, atMs, value = 0, want, isEmpty }] of trace.ops.entries()) {
    const at = trace.t0UnixMs + atMs;
    if (op === 'record') aggregate.record(at, value);
    const found = { average: aggregate.average(at), isEmpty: aggregate.isEmpty(at) };
    if (found.average !== want || found.isEmpty !== isEmpty) {
      const { kind, windowMs, granularityMs } = trace;
      const where = `${kind} window of ${String(windowMs)} ms in steps of ${String(granularityMs)} ms, operation ${String(index)} (${op} at ${String(atMs)} ms)`;
      return describeDifference(where, { average: want, isEmpty }, found);
    }
  }
  return null;
}

function aggregateOf(trace: AggregationTrace): Aggregate {
  const { kind, windowMs, granularityMs, smoothingCoeff } = trace;
  if (kind === 'linear') return new LinearBuckets({ windowMs, granularityMs });
  if (kind === 'weighted') {
    return new WeightedBuckets({
      windowMs,
      granularityMs,
      ...(smoothingCoeff === undefined ? {} : { smoothing: smoothingCoeff }),
    });
  }
  const window = new MaxWindow(windowMs, granularityMs);
  let isEmpty = true;
  return {
    record(atMs, value) {
      window.record(atMs, value);
      isEmpty = false;
    },
    average: () => window.current(),
    isEmpty: () => isEmpty,
  };
}
