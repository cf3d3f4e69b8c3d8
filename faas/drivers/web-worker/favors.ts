/** In the sandbox: asks the page for what the sandbox cannot do, and waits for its answers. */

import type { Favor, FavorResult } from './messages.ts';

type Granted<Kind extends Favor['kind']> = Exclude<
  Extract<FavorResult, Kind extends 'fetch' ? { status: number } : { bytes: Uint8Array }>,
  { refused: string }
>;

/** Pairs each favor with the page's answer, by number. */
export class Favors {
  readonly #send: (favor: number, of: Favor) => void;
  readonly #asked = new Map<number, PromiseWithResolvers<FavorResult>>();
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
    this.#asked.set(favor, answer);
    this.#send(favor, of);
    const result = await answer.promise;
    if ('refused' in result) throw new TypeError(result.refused);
    return result as Granted<Kind>;
  }

  /** The page has answered. */
  done(favor: number, result: FavorResult): void {
    this.#asked.get(favor)?.resolve(result);
    this.#asked.delete(favor);
  }
}
