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
