/** How our gateway scales a function, and another way for a while: by HTTP. */

import { CONTROLS, OF_FUNCTION, type PolicyBody, type PolicyEntry } from '#faas/api.ts';
import type { Problem } from '#faas/core/problem.ts';
import type { PolicyChoice } from '#faas/core/scaling/policies.ts';
import { readJson } from './json.ts';
import type { Scaling } from './place.ts';

export class LocalScaling implements Scaling {
  readonly #url: string;

  /** @param origin of the gateway */
  constructor(origin: string) {
    this.#url = origin + CONTROLS.policies;
  }

  async policyOf(fn: string, signal: AbortSignal): Promise<PolicyChoice | null> {
    const entries = await readJson<PolicyEntry[]>(this.#url, signal);
    const entry = entries?.find((one) => one.function === fn);
    return entry ? ({ ...entry.options, name: entry.name } as PolicyChoice) : null;
  }

  async scale(fn: string, policy: PolicyChoice | null, signal: AbortSignal): Promise<void> {
    const response =
      policy === null
        ? await fetch(`${this.#url}?${OF_FUNCTION}=${encodeURIComponent(fn)}`, {
            method: 'DELETE',
            signal,
          })
        : await fetch(this.#url, {
            method: 'PUT',
            body: JSON.stringify({ function: fn, policy } satisfies PolicyBody),
            signal,
          });
    if (!response.ok) throw new Error(((await response.json()) as Problem).detail);
  }
}
