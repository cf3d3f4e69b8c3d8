/** Those who call over HTTP, and what they see of it. */

import { Agent, get } from 'node:http';
import { Histogram } from '../simulation/histogram.ts';

/** Each call has a connection to itself, kept for the next: callers who know nothing of each other. */
export class Callers {
  /** From asked to the last byte; of calls that were answered with 200. */
  readonly latencyMs = new Histogram();
  /** How many were answered with each status; 0 is no answer. */
  readonly statuses = new Map<number, number>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #calls = new Set<Promise<void>>();
  readonly #origin: string;

  /** @param origin `http://localhost:4321` */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Does not wait for the answer. */
  call(url: string): void {
    const call = this.#ask(url).then((status) => {
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      this.#calls.delete(call);
    });
    this.#calls.add(call);
  }

  /** Resolves when every call has ended. */
  async done(): Promise<void> {
    await Promise.all(this.#calls);
    this.#agent.destroy();
  }

  #ask(url: string): Promise<number> {
    const askedAt = performance.now();
    return new Promise((resolve) => {
      const request = get(this.#origin + url, { agent: this.#agent }, (response) => {
        const status = response.statusCode ?? 0;
        response.resume();
        response.once('end', () => {
          if (status === 200) this.latencyMs.add(performance.now() - askedAt);
          resolve(status);
        });
        response.once('error', () => resolve(0));
      });
      request.once('error', () => resolve(0));
    });
  }
}
