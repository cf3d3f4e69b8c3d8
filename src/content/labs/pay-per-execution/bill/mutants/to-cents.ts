/** Rounds to cents. */

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
  const calls = Math.max(0, usage.calls - prices.freeCalls);
  const gbSeconds = Math.max(0, usage.calls * (ms / 1000) * gb - prices.freeGbSeconds);
  const requests = (calls / 1e6) * prices.perMillionCalls;
  const compute = gbSeconds * prices.perGbSecond;
  return {
    requests: toCents(requests),
    compute: toCents(compute),
    total: toCents(requests + compute),
  };
}

function toCents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
