/** Replays recorded metric windows of Knative on ours: every average has to be the same double. */

import { LinearBuckets, WeightedBuckets } from '../../core/scaling/kpa/buckets.ts';
import { MaxWindow } from '../../core/scaling/kpa/max-window.ts';
import { describeDifference } from './verdict.ts';

export interface AggregationOp {
  readonly op: 'record' | 'average';
  /** Since `t0UnixMs`. */
  readonly atMs: number;
  /** Absent for 0. */
  readonly value?: number;
  readonly want: number;
  readonly isEmpty: boolean;
}

export interface AggregationTrace {
  readonly kind: 'linear' | 'weighted' | 'timeWindowMax';
  readonly windowMs: number;
  readonly granularityMs: number;
  readonly t0UnixMs: number;
  /** Given for `weighted`: its own length may round otherwise in another language. */
  readonly smoothingCoeff?: number;
  readonly ops: readonly AggregationOp[];
}

interface Aggregate {
  record(atMs: number, value: number): void;
  average(nowMs: number): number;
  isEmpty(nowMs: number): boolean;
}

/** How our averages differ from the recorded ones; null when they do not. */
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
