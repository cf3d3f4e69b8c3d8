/** One at a time, in the order in which they came, and none waits for ever. */

import { StoreUnavailable } from './store-failure.ts';

/** Longest time to wait for one's turn, in ms. Less than a function may take. */
const MOST_WAIT_MS = 8_000;

/** A queue before something that only one can use. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** @throws StoreUnavailable when the turn does not come in time; the task is then never begun */
  take<Result>(task: () => Promise<Result>): Promise<Result> {
    let hasLeft = false;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const late = setTimeout(() => {
      hasLeft = true;
      reject(
        new StoreUnavailable(
          `Others have used the database's connection for ${MOST_WAIT_MS / 1000} s. Ask for less at once, or try again.`,
        ),
      );
    }, MOST_WAIT_MS);
    const turn = async (): Promise<void> => {
      clearTimeout(late);
      if (!hasLeft) await task().then(resolve, reject);
    };
    this.#last = this.#last.then(turn, turn);
    return promise;
  }
}
