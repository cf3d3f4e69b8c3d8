import { describe, expect, it } from 'vitest';
import { memoryStoryQueue } from './fixtures/memory-story-queue.ts';
import { QUEUE_STORIES } from './fixtures/queue-stories.ts';
import { contentOf, StoryTeller } from './fixtures/queue-story.ts';
import { MessageQueue } from './message-queue.ts';
import type { TakenMessage } from './queue-message.ts';

describe('the queue in memory', () => {
  it.each(QUEUE_STORIES)('$title', async ({ steps }) => {
    const teller = new StoryTeller(memoryStoryQueue());
    const told: (readonly [string, string])[] = [];
    for (const [step] of steps) told.push([step, await teller.tell(step)]);
    expect(told).toEqual(steps);
  });
});

const TAKE = { most: 1, visibilityS: 30, maxReceives: 5 } as const;

describe('a clock that jumps', () => {
  it('an hour ahead: the message is seen again, and only the newer receipt counts', () => {
    let now = 0;
    const queue = new MessageQueue({ now: () => now });
    queue.send(contentOf('a'));
    const first = queue.take(TAKE);
    now += 3_600_000;
    const second = queue.take(TAKE);
    expect(second).toMatchObject([{ number: first[0]?.number, receives: 2 }]);
    expect([queue.done(first), queue.done(second)]).toEqual([[], [1]]);
  });

  it('an hour back: a hidden message waits until the clock is there again, and its receipt counts', () => {
    let now = 3_600_000;
    const queue = new MessageQueue({ now: () => now });
    queue.send(contentOf('a'));
    queue.send(contentOf('b'));
    const [a] = queue.take(TAKE);
    queue.take(TAKE);
    now = 0;
    expect(queue.take(TAKE)).toEqual([]);
    expect(queue.done(a === undefined ? [] : [a])).toEqual([1]);
    now = 3_630_000;
    expect(queue.take(TAKE)).toMatchObject([{ type: 'b', receives: 2 }]);
  });
});

describe('four consumers, and heads that fail once', () => {
  const KEYS = ['a', 'b', 'c', 'd'];

  /** The effects of each key, in their order. @param keyed whether the queue is told the keys */
  function effects(keyed: boolean): Map<string, number[]> {
    let now = 0;
    const queue = new MessageQueue({ now: () => now });
    const done = new Map(KEYS.map((key): [string, number[]] => [key, []]));
    for (let n = 0; n < 40; n += 1) {
      queue.send({ ...contentOf(`m${n}`, keyed ? KEYS[n % 4] : null), data: KEYS[n % 4] });
    }
    const working: { message: TakenMessage; untilMs: number }[] = [];
    while (queue.live.length > 0) {
      for (const one of [...working].filter(({ untilMs }) => untilMs <= now)) {
        working.splice(working.indexOf(one), 1);
        const { message } = one;
        if (message.number % 5 === 1 && message.receives === 1) queue.giveUp([message], 3);
        else if (queue.done([message]).length === 1)
          done.get(String(message.data))?.push(message.number);
      }
      while (working.length < 4) {
        const [message] = queue.take(TAKE);
        if (message === undefined) break;
        working.push({ message, untilMs: now + 1000 * (1 + (message.number % 3)) });
      }
      now += 1000;
    }
    return done;
  }
  const isInOrder = (numbers: number[]): boolean =>
    numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));

  it('the effects of each key come in the order in which its messages were sent', () => {
    const done = effects(true);
    expect([...done.values()].map((numbers) => numbers.length)).toEqual([10, 10, 10, 10]);
    expect([...done.values()].every(isInOrder)).toBe(true);
  });

  it('where a queue steps over what is taken, and knows no key, none of them is in order', () => {
    const done = effects(false);
    expect([...done.values()].map((numbers) => numbers.length)).toEqual([10, 10, 10, 10]);
    expect([...done.values()].some(isInOrder)).toBe(false);
  });
});

describe('a message that is hidden for 30 s, before a handler of 40 s that succeeds', () => {
  it('is worked on by two at second 65, and is set aside after five successes', () => {
    let nowS = 0;
    const queue = new MessageQueue({ now: () => nowS * 1000 });
    queue.send({ id: '1', source: '/s', type: 't', key: null, data: null, traceparent: null });
    const begun: { readonly atS: number; readonly message: TakenMessage }[] = [];
    const removed: number[] = [];
    let atWork = 0;
    for (; nowS <= 200; nowS += 5) {
      const ending = begun.filter(({ atS }) => atS + 40 === nowS);
      removed.push(...queue.done(ending.map(({ message }) => message)));
      queue.setAside(5);
      const taken = queue.take({ most: 1, visibilityS: 30, maxReceives: 5 });
      begun.push(...taken.map((message) => ({ atS: nowS, message })));
      if (nowS === 65) atWork = begun.filter(({ atS }) => atS + 40 > nowS).length;
    }
    expect(atWork).toBe(2);
    expect(begun.map(({ atS }) => atS)).toEqual([0, 30, 60, 90, 120]);
    expect({ removed, dead: queue.dead.length }).toEqual({ removed: [], dead: 1 });
  });
});
