/** Where the time and the money of a tree of calls went, by function. */

import { callsIn, criticalPath, isStandIn, type TracedCall } from '#faas/core/trace/call-tree.ts';
import { clickBill } from '#faas/prices/bill.ts';
import type { PriceTable } from '#faas/prices/table.ts';
import { lambdaX86 } from '#faas/prices/tables/lambda.ts';
import { vercelPro } from '#faas/prices/tables/vercel.ts';
import { workersPaid } from '#faas/prices/tables/workers.ts';
import { usageOf } from '#faas/prices/usage.ts';

/** Three that bill waiting in three ways. */
export const WAITING_TABLES: readonly PriceTable[] = [lambdaX86, vercelPro, workersPaid];

/** Memory of each function of the checkout, in MB. */
const MEMORY_MB = 256;

/** One function's part in a click. Times in ms. */
export interface FunctionPart {
  readonly name: string;
  readonly calls: number;
  /** Time on the critical path: what the answer waited for. */
  readonly pathMs: number;
  /** In its handlers, while none of its own calls ran. */
  readonly ownMs: number;
  /** In its handlers, while it waited for a call that it made. */
  readonly waitedMs: number;
  /** For a million such clicks, list price, in the order of {@link WAITING_TABLES}. */
  readonly million: readonly number[];
}

/** What a call is called: `ship`, `price in Python`, `undo pay`. */
export function callName(call: TracedCall): string {
  const name = call.subject.name.replace('/api/', '');
  const plain = name.replace('py/', '');
  const how = isStandIn(call) ? ', in Python’s place' : name === plain ? '' : ' in Python';
  return `${call.method === 'DELETE' ? 'undo ' : ''}${plain}${how}`;
}

/** Whether the computing of some call is not known, such as of one that was given up. */
export function isPartlyMeasured(root: TracedCall): boolean {
  return [...callsIn(root)].some(({ call }) => call.startedMs !== null && call.cpuMs === null);
}

/** In the order of their first calls. */
export function partsOf(root: TracedCall): FunctionPart[] {
  const pathMs = new Map<string, number>();
  for (const { call, fromMs, toMs } of criticalPath(root)) {
    const name = callName(call);
    pathMs.set(name, (pathMs.get(name) ?? 0) + toMs - fromMs);
  }
  const all = [...callsIn(root)].map(({ call }) => call);
  return [...Map.groupBy(all, callName)].map(([name, calls]) => {
    const spans = calls.map((call) => ({ whole: lengthOf(call), waited: waitedIn(call) }));
    const waitedMs = spans.reduce((sum, { waited }) => sum + waited, 0);
    const ownMs = spans.reduce((sum, { whole, waited }) => sum + whole - waited, 0);
    const usage = usageOf(
      calls
        .filter(({ startedMs }) => startedMs !== null)
        .map(({ handlerMs, coldMs, cpuMs }) => ({
          handlerMs,
          coldMs,
          // These functions wait: all of its time would be far more than an unmeasured call computes.
          cpuMs: cpuMs ?? 0,
          memoryMb: MEMORY_MB,
          onWholeCpu: true,
        })),
    );
    const million = WAITING_TABLES.map((table) => 1e6 * clickBill(table, usage).once.total);
    return { name, calls: calls.length, pathMs: pathMs.get(name) ?? 0, ownMs, waitedMs, million };
  });
}

function lengthOf({ startedMs, endedMs }: TracedCall): number {
  return startedMs === null || endedMs === null ? 0 : endedMs - startedMs;
}

/** Times within a call in which at least one of the calls that it made ran. */
export function waitsIn(call: TracedCall): { readonly fromMs: number; readonly toMs: number }[] {
  const { startedMs, endedMs } = call;
  if (startedMs === null || endedMs === null) return [];
  const waits: { fromMs: number; toMs: number }[] = [];
  for (const made of call.calls) {
    const fromMs = Math.max(startedMs, made.queuedMs);
    const toMs = Math.min(endedMs, made.endedMs ?? endedMs);
    const last = waits.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else if (toMs > fromMs) waits.push({ fromMs, toMs });
  }
  return waits;
}

function waitedIn(call: TracedCall): number {
  return waitsIn(call).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}
