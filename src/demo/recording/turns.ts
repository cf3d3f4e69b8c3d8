/** One at a time for each name, in the order they came. */

/** A queue for each name. Work that fails does not stop the work after it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(name, mine);
    return mine;
  }
}

const functions = new Turns();
const calling = new Turns();

/** Recordings of one function share its instances, so each has the function to itself. @param fn its path */
export function inTurn<T>(fn: string, work: () => Promise<T>): Promise<T> {
  return functions.take(fn, work);
}

/** Calls of different recordings never overlap: their times would not be true. */
export function callingAlone<T>(work: () => Promise<T>): Promise<T> {
  return calling.take('', work);
}
