/** In the sandbox: asks the page for what the sandbox cannot do, and waits for its answers. */

import type { Favor, FavorResult } from './messages.ts';

type Granted<Kind extends Favor['kind']> = Exclude<
  Extract<FavorResult, Kind extends 'fetch' ? { status: number } : { bytes: Uint8Array }>,
  { refused: string }
>;

/** Favors that the page is asked for at once. The rest wait here: a loop of them would bury the page. */
const MOST_AT_ONCE = 100;

/** Pairs each favor with the page's answer, by number. */
export class Favors {
  readonly #send: (favor: number, of: Favor) => void;
  readonly #asked = new Map<number, PromiseWithResolvers<FavorResult>>();
  /** Sends one that has not been asked for yet. */
  readonly #waiting: (() => void)[] = [];
  #last = 0;

  constructor(send: (favor: number, of: Favor) => void) {
    this.#send = send;
  }

  /** @throws TypeError with the page's reason when it refuses */
  async ask<Kind extends Favor['kind']>(
    of: Extract<Favor, { kind: Kind }>,
  ): Promise<Granted<Kind>> {
    const favor = ++this.#last;
    const answer = Promise.withResolvers<FavorResult>();
    const send = (): void => {
      this.#asked.set(favor, answer);
      this.#send(favor, of);
    };
    if (this.#asked.size < MOST_AT_ONCE) send();
    else this.#waiting.push(send);
    const result = await answer.promise;
    if ('refused' in result) throw new TypeError(result.refused);
    return result as Granted<Kind>;
  }

  /** The page has answered. */
  done(favor: number, result: FavorResult): void {
    this.#asked.get(favor)?.resolve(result);
    if (this.#asked.delete(favor)) this.#waiting.shift()?.();
  }
}
