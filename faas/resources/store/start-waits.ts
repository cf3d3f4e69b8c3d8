/** How long calls have waited for the database to start, until their answers say it. */

/** More are of calls that nobody answers. */
const MOST = 1_000;

/** Time by call. */
export class StartWaits {
  readonly #waits = new Map<string, number>();

  /** @param ms nothing is kept of 0 */
  add(request: string, ms: number): void {
    if (ms <= 0) return;
    this.#waits.set(request, (this.#waits.get(request) ?? 0) + ms);
    const [oldest] = this.#waits.keys();
    if (this.#waits.size > MOST && oldest !== undefined) this.#waits.delete(oldest);
  }

  /** Its time in ms, which is then forgotten; 0 when it has not waited. */
  take(request: string): number {
    const ms = this.#waits.get(request) ?? 0;
    this.#waits.delete(request);
    return ms;
  }
}
