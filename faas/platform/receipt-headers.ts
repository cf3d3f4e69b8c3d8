/** The headers that tell a caller how its answer came about: `Server-Timing` and `x-faas-*`. */

import type { PoolInstance } from '../core/pool/instance.ts';
import type { PoolRequest } from '../core/pool/request.ts';
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import type { HeaderList, RunningInstance } from '../drivers/protocol.ts';

export type Place = 'local' | 'tab' | 'cloud';

export interface Circumstances {
  readonly place: Place;
  /** SHA-256 of the function's source. */
  readonly code: string;
  /** Its name in the trace. */
  readonly request: string | null;
  /** Null when none took the request, or was started for it. */
  readonly instance: PoolInstance<Call, Machine> | null;
  readonly call: PoolRequest<Call, Machine> | null;
  readonly running: RunningInstance | null;
  /** Null when the handler was never reached. */
  readonly handlerMs: number | null;
}

/** A function's own headers, and ours after them. It cannot speak in our name. */
export function receiptHeaders(headers: HeaderList, of: Circumstances): HeaderList {
  const all: (readonly [string, string])[] = [];
  for (const header of headers) if (!header[0].startsWith('x-faas-')) all.push(header);
  const timing = serverTiming(of);
  if (timing !== '') all.push(['server-timing', timing]);
  all.push(['x-faas-place', of.place], ['x-faas-code', of.code]);
  if (of.request !== null) all.push(['x-faas-request', of.request]);
  if (of.instance !== null && of.call !== null) {
    all.push(
      ['x-faas-instance', of.instance.id],
      ['x-faas-cold', of.call.cold ? '1' : '0'],
      ['x-faas-served', String(of.instance.served)],
    );
  }
  return all;
}

/** A request that is placed at once has waited for nothing but the placing. In ms. */
const NO_QUEUE_MS = 1;

/** Only what happened is named, in ms with at most three decimals. */
function serverTiming({ call, running, handlerMs }: Circumstances): string {
  const entries: string[] = [];
  const add = (name: string, ms: number): void => {
    const rounded = Math.round(ms * 1000) / 1000;
    if (rounded > 0) entries.push(`${name};dur=${rounded}`);
  };
  // A request that no instance took has no time of being handed over to count from.
  if (call !== null && handlerMs !== null && call.queueMs >= NO_QUEUE_MS) {
    add('queue', call.queueMs);
  }
  if (call?.cold === true && running !== null) {
    add('start', running.startMs);
    add('init', running.initMs);
  }
  if (handlerMs !== null) add('handler', handlerMs);
  return entries.join(', ');
}
