/** Rounds up, and adds a step. */

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
  const ms = (Math.ceil(usage.msPerCall / prices.roundUpToMs) + 1) * prices.roundUpToMs;
  const calls = Math.max(0, usage.calls - prices.freeCalls);
  const gbSeconds = Math.max(0, usage.calls * (ms / 1000) * gb - prices.freeGbSeconds);
  const requests = (calls / 1e6) * prices.perMillionCalls;
  const compute = gbSeconds * prices.perGbSecond;
  return { requests, compute, total: requests + compute };
}
