/** Replays a file of reference vectors of any known kind. */

import { readFileSync } from 'node:fs';
import { aggregationDifference } from './kpa-aggregation.ts';
import type { AggregationTrace } from './kpa-aggregation.ts';
import { scaleDifference } from './kpa-scale.ts';
import type { ScaleCase } from './kpa-scale.ts';
import { simfaasDifference } from './simfaas.ts';
import type { SimfaasSetting } from './simfaas.ts';
import { judge } from './verdict.ts';
import type { VectorVerdict } from './verdict.ts';

/** @throws Error when the file has no vectors of a known kind */
export function replay(path: string): VectorVerdict {
  const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (every(entries, isScaleCase)) return judge(entries, scaleDifference);
  if (every(entries, isAggregationTrace)) return judge(entries, aggregationDifference);
  if (every(entries, isSimfaasSetting)) return judge(entries, simfaasDifference);
  throw new Error(
    `${path}: expected a list of autoscaler cases ("steps"), of aggregation traces ("ops") or of ` +
      `SimFaaS settings ("arrivalRate"), found ${describe(entries)}.`,
  );
}

function every<T>(entries: unknown, is: (entry: object) => entry is T & object): entries is T[] {
  return (
    Array.isArray(entries) &&
    entries.length > 0 &&
    entries.every((entry) => typeof entry === 'object' && entry !== null && is(entry))
  );
}

function isScaleCase(entry: object): entry is ScaleCase {
  return 'name' in entry && 'steps' in entry && Array.isArray(entry.steps);
}

function isAggregationTrace(entry: object): entry is AggregationTrace {
  return 'kind' in entry && 'ops' in entry && Array.isArray(entry.ops);
}

function isSimfaasSetting(entry: object): entry is SimfaasSetting {
  return 'arrivalRate' in entry && 'mean' in entry && 'sd' in entry;
}

function describe(entries: unknown): string {
  if (!Array.isArray(entries)) return `a JSON ${typeof entries}`;
  if (entries.length === 0) return 'an empty list';
  const [first] = entries as unknown[];
  return typeof first === 'object' && first !== null
    ? `entries with ${Object.keys(first).join(', ')}`
    : `a list of ${typeof first}`;
}
