/** What a month costs, by usage and prices. */

interface Usage {
  calls: number;
  msPerCall: number;
  memoryMb: number;
}

interface Prices {
  perMillionCalls: number;
  perGbSecond: number;
  roundUpToMs: number;
  freeCalls: number;
  freeGbSeconds: number;
}

/** In dollars. */
interface Bill {
  requests: number;
  compute: number;
  total: number;
}

export function bill(usage: Usage, prices: Prices): Bill {
  const gb = usage.memoryMb / 1024;
  console.log(`${usage.calls} calls, ${usage.msPerCall} ms each, with ${gb} GB`);
  console.log(`${prices.perMillionCalls} dollars a million calls`);

  return { requests: 0, compute: 0, total: 0 };
}
