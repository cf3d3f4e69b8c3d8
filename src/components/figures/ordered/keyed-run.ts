/**
 * Four consumers and messages of five keys, of which one in ten fails once, on the core's queue: once with its own
 * rule for a key, and once without it, as a queue in a table is that locks a row and skips what is locked.
 */

import { MessageQueue } from '#faas/core/queue/message-queue.ts';
import { Random } from '#faas/simulation/random.ts';

export const KEYED = { messages: 400, keys: 5, consumers: 4, failsOneIn: 10 } as const;

const SEED = 8;
const MOST_S = 5;
const TAKE = { most: 1, visibilityS: 30, maxReceives: 5 } as const;
/** A message that has failed is seen again after so long. In s. */
const REST_S = 3;

export interface KeyedRun {
  /** Effects of a message before which one of a later message of the same key had come. */
  readonly outOfOrder: number;
  readonly effects: number;
  /** When the last was done, in s. */
  readonly endS: number;
}

/** @param isKeyed whether the queue is told the keys */
export function keyedRun(isKeyed: boolean): KeyedRun {
  let nowS = 0;
  const queue = new MessageQueue({ now: () => nowS * 1000 });
  const random = new Random(SEED);
  for (let number = 1; number <= KEYED.messages; number += 1) {
    const key = `k${number % KEYED.keys}`;
    queue.send({
      id: String(number),
      source: '/shop',
      type: 'order.placed',
      key: isKeyed ? key : null,
      data: key,
      traceparent: null,
    });
  }
  const latest = new Map<unknown, number>();
  let [outOfOrder, effects] = [0, 0];
  /** When each consumer is free. */
  const freeS = Array.from({ length: KEYED.consumers }, () => 0);
  const ends: { atS: number; happens: () => void }[] = [];
  while (queue.live.length > 0) {
    for (const [consumer, atS] of freeS.entries()) {
      if (atS > nowS) continue;
      const [taken] = queue.take(TAKE);
      if (taken === undefined) break;
      const endS = nowS + 1 + Math.floor(random.uniform() * MOST_S);
      freeS[consumer] = endS;
      const fails = taken.number % KEYED.failsOneIn === 0 && taken.receives === 1;
      const happens = (): void => {
        if (fails) {
          queue.giveUp([taken], REST_S);
          return;
        }
        effects += 1;
        if (taken.number < (latest.get(taken.data) ?? 0)) outOfOrder += 1;
        latest.set(taken.data, Math.max(taken.number, latest.get(taken.data) ?? 0));
        queue.done([taken]);
      };
      ends.push({ atS: endS, happens });
    }
    ends.sort((one, other) => one.atS - other.atS);
    const next = ends[0]?.atS ?? Infinity;
    nowS = Math.max(nowS, Math.min(next, Math.max(queue.nextDueMs / 1000, nowS + 1)));
    while ((ends[0]?.atS ?? Infinity) <= nowS) ends.shift()?.happens();
  }
  return { outOfOrder, effects, endS: nowS };
}
