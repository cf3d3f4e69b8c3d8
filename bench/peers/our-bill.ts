/** The bill that a receipt of the course shows, made from the live trace as the page makes it. */

import { CONTROLS } from '../../faas/api.ts';
import { clickBill } from '../../faas/prices/bill.ts';
import { RECEIPT_TABLES } from '../../faas/prices/receipt-tables.ts';
import { usageOf } from '../../faas/prices/usage.ts';
import type { TraceEvent } from '../../faas/core/trace/trace.ts';

const PATIENCE_MS = 2_000;
const MEMORY_MB = 256;

/** Of the last call that the trace still holds. */
export async function billFromTrace(origin: string): Promise<string | null> {
  const done = await firstDone(`${origin}${CONTROLS.events}?lastEventId=0`);
  if (done === null) return null;
  const usage = usageOf([{ handlerMs: done.handlerMs, cpuMs: done.cpuMs, memoryMb: MEMORY_MB }]);
  const bills = RECEIPT_TABLES.map((table) => clickBill(table, usage).once);
  const cheapest = Math.min(...bills.map(({ total }) => total * 1e6));
  const dearest = Math.max(...bills.map(({ total }) => total * 1e6));
  return `${bills.length} providers' price tables, ${cheapest.toFixed(2)} to ${dearest.toFixed(2)} USD for a million such calls`;
}

async function firstDone(url: string) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  let text = '';
  try {
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      for (const [, line = ''] of text.matchAll(/^data: (.+)\n/gm)) {
        const event = JSON.parse(line) as TraceEvent;
        if (event.type === 'request.done') return event;
      }
    }
  } catch {
    // None came in time.
  }
  return null;
}
