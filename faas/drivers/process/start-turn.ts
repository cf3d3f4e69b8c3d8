/**
 * Starting a process blocks this one until the system has done it, which takes long when many start at
 * once. So they start one in each round of the event loop, and other requests are answered between.
 */

let last: Promise<void> = Promise.resolve();

/** Resolves when a process may be started: at once, or after the others that asked before. */
export function startTurn(): Promise<void> {
  const mine = last;
  last = mine.then(() => new Promise((resolve) => setImmediate(resolve)));
  return mine;
}
