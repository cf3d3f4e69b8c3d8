/** What holds whatever consumers do: they take, succeed, fail, are late or never heard of again. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VirtualClock } from '../time/virtual-clock.ts';
import { contentOf } from './fixtures/queue-story.ts';
import { MessageQueue } from './message-queue.ts';
import type { TakenMessage } from './queue-message.ts';

const TAKE = { most: 3, visibilityS: 10, maxReceives: 4 } as const;

const act = fc.oneof(
  fc.record({ is: fc.constant('send'), key: fc.constantFrom(null, 'k', 'l'), s: fc.nat(8) }),
  fc.record({ is: fc.constant('take'), key: fc.constant(null), s: fc.constant(0) }),
  fc.record({ is: fc.constantFrom('done', 'fail', 'lose'), key: fc.constant(null), s: fc.nat(15) }),
  fc.record({ is: fc.constant('wait'), key: fc.constant(null), s: fc.nat(12) }),
);

interface Life {
  readonly queue: MessageQueue;
  readonly clock: VirtualClock;
  readonly sent: string[];
  readonly done: string[];
  /** Whoever works, oldest first. */
  readonly working: TakenMessage[];
}

/** @param takes called with what each take gives */
function live(
  acts: readonly { is: string; key: string | null; s: number }[],
  takes: (taken: readonly TakenMessage[], life: Life) => void,
): Life {
  const clock = new VirtualClock();
  const life: Life = { queue: new MessageQueue(clock), clock, sent: [], done: [], working: [] };
  const { queue, sent, done, working } = life;
  for (const { is, key, s } of acts) {
    if (is === 'send') {
      const name = `m${sent.length}`;
      sent.push(name);
      queue.send(contentOf(name, key), s);
    } else if (is === 'wait') clock.advanceTo(clock.now() + s * 1000);
    else if (is === 'take') {
      queue.setAside(TAKE.maxReceives);
      const taken = queue.take(TAKE);
      takes(taken, life);
      working.push(...taken);
    } else {
      const message = working.shift();
      if (message === undefined || is === 'lose') continue;
      if (is === 'fail') queue.giveUp([message], s);
      else if (queue.done([message]).length > 0) done.push(message.type);
    }
  }
  return life;
}

const names = (messages: readonly { readonly type: string }[]): string[] =>
  messages.map(({ type }) => type);

it('nothing is lost: each message is live, dead or done, and only one of them', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const { queue, sent, done } = live(acts, () => undefined);
      const found = [...names(queue.live), ...names(queue.dead), ...done];
      expect(found.sort()).toEqual([...sent].sort());
    }),
  );
});

it('one receipt of a message counts at a time, and no message is received too often', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const seen = new Set<string>();
      live(acts, (taken) => {
        for (const { number, receives } of taken) {
          expect(receives).toBeLessThanOrEqual(TAKE.maxReceives);
          expect(seen).not.toContain(`${number}#${receives}`);
          seen.add(`${number}#${receives}`);
        }
      });
    }),
  );
});

it('messages of one key begin in the order in which they were sent, one at a time', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const begun = new Map<string, number>();
      live(acts, (taken, { queue }) => {
        const keys = taken.flatMap(({ key }) => key ?? []);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { key, number } of taken) {
          if (key === null) continue;
          expect(number).toBeGreaterThanOrEqual(begun.get(key) ?? 0);
          begun.set(key, number);
          const first = queue.live.find((message) => message.key === key);
          expect(first?.type).toBe(taken.find((message) => message.number === number)?.type);
        }
      });
    }),
  );
});

it('in the end each message is done or dead, when consumers go on', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const { queue, clock } = live(acts, () => undefined);
      for (let rounds = 0; queue.nextDueMs < Infinity; rounds += 1) {
        expect(rounds).toBeLessThan(1000);
        clock.advanceTo(queue.nextDueMs);
        queue.setAside(TAKE.maxReceives);
        queue.done(queue.take(TAKE));
      }
      expect(queue.live).toEqual([]);
    }),
  );
});
