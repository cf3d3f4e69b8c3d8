/** Turns what is free into money, and takes it off the total. */

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
  const ms = Math.ceil(usage.msPerCall / prices.roundUpToMs) * prices.roundUpToMs;
  const gbSeconds = usage.calls * (ms / 1000) * gb;
  const requests = (usage.calls / 1e6) * prices.perMillionCalls;
  const compute = gbSeconds * prices.perGbSecond;
  const free =
    (prices.freeCalls / 1e6) * prices.perMillionCalls + prices.freeGbSeconds * prices.perGbSecond;
  const total = Math.max(0, requests + compute - free);
  return { requests: Math.min(requests, total), compute: total - Math.min(requests, total), total };
}
