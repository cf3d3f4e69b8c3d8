/** The headers that show a caller how its answer was made. */

import {
  HEADER_PREFIX,
  HEADERS,
  SERVER_TIMING,
  STORE_TIMING,
  TIMINGS,
  type HeaderList,
  type PlaceName,
  type Timing,
} from '../api.ts';
import type { PoolInstance, PoolRequest } from '../core/pool/lives.ts';
import type { PendingCall } from './pending-call.ts';
import type { Machine } from './machine.ts';
import type { RunningInstance } from '../drivers/protocol.ts';

/** The facts about one call that its receipt headers report. */
export interface Circumstances {
  readonly place: PlaceName;
  /** SHA-256 of the function's source. */
  readonly code: string;
  /** The request id in the trace; null when it has none. */
  readonly request: string | null;
  /** Null when no instance took the request or was started for it. */
  readonly instance: PoolInstance<PendingCall, Machine> | null;
  readonly call: PoolRequest<PendingCall, Machine> | null;
  readonly running: RunningInstance | null;
  /** Null when the handler was never reached. */
  readonly handlerMs: number | null;
  /** Time that it waited for its database to start, in ms. */
  readonly storeMs: number;
}

/** Appends our headers to the function's own, without any that would pass for ours. */
export function receiptHeaders(headers: HeaderList, of: Circumstances): HeaderList {
  const all: (readonly [string, string])[] = [];
  for (const header of headers) {
    const [name, value] = header;
    if (name.startsWith(HEADER_PREFIX)) continue;
    const kept = name === SERVER_TIMING ? withoutOurTimings(value) : value;
    if (kept === value) all.push(header);
    else if (kept !== '') all.push([name, kept]);
  }
  const timing = serverTiming(of);
  if (timing !== '') all.push([SERVER_TIMING, timing]);
  all.push([HEADERS.place, of.place], [HEADERS.code, of.code]);
  if (of.request !== null) all.push([HEADERS.request, of.request]);
  if (of.instance !== null && of.call !== null) {
    all.push(
      [HEADERS.instance, of.instance.id],
      [HEADERS.cold, of.call.cold ? '1' : '0'],
      [HEADERS.served, String(of.instance.served)],
    );
  }
  return all;
}

/** Entries of a list; a comma in quotes ends none. */
const ENTRY = /(?:[^",]|"(?:[^"\\]|\\.)*")+/g;

/** What a function says of its own work (`db;dur=3`), without phases that only the platform knows. */
function withoutOurTimings(value: string): string {
  const isOurs = (entry: string): boolean => {
    const name = (entry.split(';', 1)[0] ?? '').trim().toLowerCase();
    return [...TIMINGS, STORE_TIMING].some((timing) => timing === name);
  };
  const entries = value.match(ENTRY) ?? [];
  return entries.some(isOurs)
    ? entries
        .filter((entry) => !isOurs(entry))
        .join(',')
        .trim()
    : value;
}

/** Shortest queue time that is reported, in ms: below it, a request was placed at once. */
const NO_QUEUE_MS = 1;

/** `Server-Timing` with the phases that took place, in ms with at most three decimals. */
function serverTiming({ call, running, handlerMs, storeMs }: Circumstances): string {
  const entries: string[] = [];
  const add = (name: Timing | typeof STORE_TIMING, ms: number): void => {
    const rounded = Math.round(ms * 1000) / 1000;
    if (rounded > 0) entries.push(`${name};dur=${rounded}`);
  };
  // A request that no instance took was never handed over, so its queue time is undefined.
  if (call !== null && handlerMs !== null && call.queueMs >= NO_QUEUE_MS) {
    add('queue', call.queueMs);
  }
  if (call?.cold === true && running !== null) {
    add('start', running.startMs);
    add('init', running.initMs);
  }
  if (handlerMs !== null) add('handler', handlerMs);
  add(STORE_TIMING, storeMs);
  return entries.join(', ');
}
