/** How one function of the checkout calls another: with a time-out, with tries, and until a deadline. */

import { callFunction } from './call.ts';
import type { CheckoutKnobs, HopName } from './checkout-knobs.ts';

/** How often each hop was called, here and behind every call that answered. */
export type CallCounts = Partial<Record<HopName, number>>;

/** What came of calling a hop. */
export interface HopOutcome {
  /**
   * `refused`: it did nothing. `unknown`: of one try no answer came, or one that does not say what was done.
   * `late`: the deadline was over, and it was not called.
   */
  readonly is: 'done' | 'refused' | 'unknown' | 'late';
  /** For whoever reads the answer. */
  readonly why: string;
}

/** Statuses after which the same call may go better. */
const MAY_REPEAT = [429, 502, 503, 504];
/** Statuses that say that nothing was done. */
const NOTHING_DONE = [400, 403, 404, 405, 409, 429, 503, 508];

/** The calls that one function makes while it answers. */
export class HopCalls {
  readonly counts: CallCounts = {};
  readonly #request: Request;
  readonly #knobs: CheckoutKnobs;
  readonly #until: number;

  /** Its deadline begins to run. */
  constructor(request: Request, knobs: CheckoutKnobs) {
    this.#request = request;
    this.#knobs = knobs;
    this.#until = performance.now() + knobs.deadlineMs();
  }

  /** Until the deadline, in ms. */
  get leftMs(): number {
    return Math.max(0, this.#until - performance.now());
  }

  // #region tries
  /** @param next what the hop calls in its turn */
  async call(hop: HopName, next: readonly HopName[] = []): Promise<HopOutcome> {
    const { tries, backoffMs } = this.#knobs.of(hop);
    // A try that may have been done leaves the hop unknown, whatever is said of later ones.
    let unknown: HopOutcome | null = null;
    for (let tried = 1; ; tried += 1) {
      if (this.leftMs === 0) {
        return unknown ?? { is: 'late', why: `No time was left to call ${hop}.` };
      }
      const { outcome, mayRepeat } = await this.#once(hop, 'POST', next, this.leftMs);
      if (outcome.is === 'done') return outcome;
      if (outcome.is === 'unknown') unknown = outcome;
      if (!mayRepeat || tried >= tries) return unknown ?? outcome;
      await pass(Math.min(this.leftMs, backoffMs * 2 ** (tried - 1)));
    }
  }
  // #endregion

  /** Takes back what the hop did, however long that takes. */
  async undo(hop: HopName): Promise<HopOutcome> {
    const { tries, backoffMs } = this.#knobs.of(hop);
    for (let tried = 1; ; tried += 1) {
      const { outcome } = await this.#once(hop, 'DELETE', [], Infinity);
      if (outcome.is === 'done' || tried >= tries) return outcome;
      await pass(backoffMs * 2 ** (tried - 1));
    }
  }

  async #once(
    hop: HopName,
    method: 'POST' | 'DELETE',
    next: readonly HopName[],
    leftMs: number,
  ): Promise<{ readonly outcome: HopOutcome; readonly mayRepeat: boolean }> {
    const { timeoutMs } = this.#knobs.of(hop);
    const hasTimeout = method === 'POST' && timeoutMs > 0;
    const patienceMs = Math.min(hasTimeout ? timeoutMs : Infinity, leftMs);
    const signal = patienceMs === Infinity ? null : AbortSignal.timeout(Math.ceil(patienceMs));
    if (method === 'POST') this.#count({ [hop]: 1 });
    try {
      const path = this.#knobs.pathOf(hop, next, leftMs);
      const response = await callFunction(this.#request, path, { method, signal });
      const said = await saidIn(response);
      this.#count(said.calls ?? {});
      if (response.ok) return { outcome: { is: 'done', why: '' }, mayRepeat: false };
      const { status } = response;
      const is = NOTHING_DONE.includes(status) ? 'refused' : 'unknown';
      const why = `${hop} answered ${status}: ${said.detail ?? 'no reason'}`;
      return { outcome: { is, why }, mayRepeat: MAY_REPEAT.includes(status) };
    } catch (error) {
      const why = signal?.aborted
        ? `${hop} did not answer within ${Math.ceil(patienceMs)} ms, and may still do it.`
        : `${hop} could not be reached: ${(error as Error).message}`;
      return { outcome: { is: 'unknown', why }, mayRepeat: true };
    }
  }

  #count(counts: CallCounts): void {
    for (const [hop, calls] of Object.entries(counts) as [HopName, number][]) {
      this.counts[hop] = (this.counts[hop] ?? 0) + calls;
    }
  }
}

/** Whoever stands before a function may answer with another body, or none. */
async function saidIn(response: Response): Promise<{ calls?: CallCounts; detail?: string }> {
  const body = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return isJson ? (JSON.parse(body) as { calls?: CallCounts; detail?: string }) : {};
}

/** Resolves after so long, in ms. */
export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
