import { expect, it } from 'vitest';
import { measureQueue, queueTableText } from './queue.ts';

it('messages are received and acknowledged by the queue, and by a plain loop', async () => {
  const figures = await measureQueue({ messages: 20, rounds: 1 });
  expect(Object.values(figures).every((ms) => ms > 0 && ms < Infinity)).toBe(true);
});

it('a table tells how many in a second, and how much slower than the plain loop', () => {
  const text = queueTableText({ plainMs: 0.25, queueMs: 0.3 }).replaceAll(/ +/g, ' ');
  expect(text).toContain('| the queue’s delivery | 3333 | 1000 | 1.20 | 1.5 |');
});
