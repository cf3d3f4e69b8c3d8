/** The process behind {@link load}: is told what to ask for, asks, answers with figures, leaves. */

import { Agent, get } from 'node:http';
import { LONGEST_WARM_UP, WARM_CALLS, type LoadOptions, type LoadResult } from './load.ts';
import { quantile } from './statistics.ts';

/** A request that takes longer is an error. In ms. */
const PATIENCE_MS = 15_000;

process.once('message', (options: LoadOptions) => {
  void run(options).then((result) => process.send?.(result, () => process.disconnect()));
});

async function run(options: LoadOptions): Promise<LoadResult> {
  const agents = Array.from(
    { length: options.clients },
    () => new Agent({ keepAlive: true, maxSockets: 1 }),
  );
  await phase(options, agents, options.warmUpMs, WARM_CALLS * options.clients);
  const counted = await phase(options, agents, options.durationMs, 0);
  for (const agent of agents) agent.destroy();
  return counted;
}

/** Lasts as long as it should, and longer for as many calls as it should have. */
async function phase(
  { url, maxRequests }: LoadOptions,
  agents: readonly Agent[],
  durationMs: number,
  calls: number,
): Promise<LoadResult> {
  const took = new Float64Array(maxRequests);
  let requests = 0;
  let errors = 0;
  const startedAt = performance.now();
  const end = startedAt + durationMs;
  const lastEnd = startedAt + durationMs * LONGEST_WARM_UP;
  const goesOn = (): boolean => {
    const now = performance.now();
    return requests < maxRequests && (now < end || (requests < calls && now < lastEnd));
  };
  const client = async (agent: Agent): Promise<void> => {
    while (goesOn()) {
      const at = requests++;
      const askedAt = performance.now();
      if (!(await ask(url, agent))) errors += 1;
      took[at] = performance.now() - askedAt;
    }
  };
  await Promise.all(agents.map(client));
  const elapsedS = (performance.now() - startedAt) / 1000;
  const sorted = took.subarray(0, requests).sort();
  return {
    requests,
    errors,
    requestsPerS: (requests - errors) / elapsedS,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}

/** Resolves, once the last byte has come, with whether it was answered with 200. */
function ask(url: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: PATIENCE_MS }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
      response.once('error', () => resolve(false));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
