/** Who asks the store: each instance gets a token of its own, which is worth something while it lives. */

import { randomBytes } from 'node:crypto';

/** The function that holds a token, and the instance that it was given to. */
export interface TokenHolder {
  /** Name of the function. */
  readonly function: string;
  /** Id of the instance in the trace. */
  readonly instance: string;
}

/** When there are more, those of instances that are gone are forgotten. */
const MANY = 500;

/** The tokens of the live instances. */
export class InstanceTokens {
  readonly #holders = new Map<string, TokenHolder>();
  readonly #isLive: (instance: string) => boolean;

  /** @param isLive whether the platform has this instance */
  constructor(isLive: (instance: string) => boolean) {
    this.#isLive = isLive;
  }

  issue(holder: TokenHolder): string {
    if (this.#holders.size >= MANY) this.#forgetGone();
    const token = randomBytes(16).toString('hex');
    this.#holders.set(token, holder);
    return token;
  }

  /** Null for a token that was never given, or whose instance is gone. */
  holderOf(token: string): TokenHolder | null {
    const holder = this.#holders.get(token) ?? null;
    if (holder === null || this.#isLive(holder.instance)) return holder;
    this.#holders.delete(token);
    return null;
  }

  #forgetGone(): void {
    for (const [token, { instance }] of this.#holders) {
      if (!this.#isLive(instance)) this.#holders.delete(token);
    }
  }
}
