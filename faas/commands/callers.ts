/** Callers over HTTP, with the latencies and statuses they see. */

import { Agent, get } from 'node:http';
import { Histogram } from '../simulation/histogram.ts';

/** Independent callers: no two calls share a connection at once; idle ones are reused. */
export class Callers {
  /** Time from the call to the response's last byte, for responses with status 200. */
  readonly latencyMs = new Histogram();
  /** Number of responses by status; 0 counts calls without a response. */
  readonly statuses = new Map<number, number>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #calls = new Set<Promise<void>>();
  readonly #origin: string;

  /** @param origin `http://localhost:4321` */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Starts a call and does not wait for its response. */
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
