/** The port that the course listens on: free, or taken by the course itself. */

import { CONTROLS } from '../../api.ts';
import { probe } from '../../gateway/server.ts';
import { parseServeOptions } from '../../local/serve-options.ts';
import type { Finding } from './check.ts';

/** Longest wait for whatever listens there already, in ms. */
const PATIENCE_MS = 2_000;

/** @param env as of `npm start`: `PORT` and `HOST` count */
export async function portCheck(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding> {
  const { host, port } = parseServeOptions([], env);
  try {
    await probe(host, port);
    return { state: 'ok', found: `${port} is free` };
  } catch (error) {
    if (await isCourse(host, port)) {
      return { state: 'ok', found: `${port}, where the course is running already` };
    }
    return { state: 'missing', found: `${port} cannot be used`, cure: (error as Error).message };
  }
}

async function isCourse(host: string, port: number): Promise<boolean> {
  const name = host.includes(':') ? `[${host}]` : host;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`http://${name}:${port}${CONTROLS.instances}`, { signal });
    return answer.ok && Array.isArray(await answer.json());
  } catch {
    return false;
  }
}
