/** A closed loop against a peer, from a process of its own, so that it shares no event loop. */

import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface LoadOptions {
  /** Where each request goes, by GET. */
  readonly url: string;
  /** Each has one connection, and asks again once it has its answer. Integer ≥ 1. */
  readonly clients: number;
  /** Asked, but not counted, in ms; longer, up to {@link LONGEST_WARM_UP} times, for {@link WARM_CALLS}. */
  readonly warmUpMs: number;
  /** In ms. */
  readonly durationMs: number;
  /** It ends after so many requests even if there is time left. Integer ≥ 1. */
  readonly maxRequests: number;
}

export interface LoadResult {
  readonly requests: number;
  /** Those of them that were not answered with 200. */
  readonly errors: number;
  readonly requestsPerS: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Calls by each client, by which just-in-time compilers have done most of their work. */
export const WARM_CALLS = 1_000;
export const LONGEST_WARM_UP = 4;

/** How long the process may take beyond what it was asked for, before it is ended. In ms. */
const GRACE_MS = 30_000;

/** @throws when the process ends without a result */
export function load(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load-client.ts'), [], { execArgv: [] });
    const late = setTimeout(
      () => child.kill('SIGKILL'),
      options.warmUpMs * LONGEST_WARM_UP + options.durationMs + GRACE_MS,
    );
    child.once('message', (result: LoadResult) => resolve(result));
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error('the load generator ended without a result'));
    });
    child.send(options);
  });
}
