import { expect, test } from 'vitest';
import { LinePost, type PrintedLine } from './line-post.ts';

/** A post with a clock and a timer that the test moves. */
function post() {
  const messages: (readonly PrintedLine[])[] = [];
  const timers: (() => void)[] = [];
  const clock = { now: 0 };
  const lines = new LinePost({
    send: (sent) => messages.push([...sent]),
    now: () => clock.now,
    later: (act) => timers.push(act),
  });
  const print = (text: string): boolean => lines.add({ stream: 'stdout', text });
  const texts = (): string[] => messages.flat().map(({ text }) => text);
  return { lines, messages, timers, clock, print, texts };
}

test('a loop that prints without a pause sends the page few messages between two frames, and no line is lost', () => {
  const { messages, clock, print, texts, lines } = post();
  const printed: string[] = [];
  const perFrame: number[] = [];
  for (let frame = 0; frame < 10; frame += 1) {
    const before = messages.length;
    for (let n = 0; n < 10_000; n += 1) {
      const text = `${String(frame)}: ${String(n)}`;
      printed.push(text);
      print(text);
    }
    perFrame.push(messages.length - before);
    clock.now += 16;
  }
  expect(Math.max(...perFrame)).toBeLessThanOrEqual(51);
  lines.flush();
  expect(texts()).toEqual(printed);
});

test('a few lines are sent at once, so that what comes before a loop that hangs is seen', () => {
  const { messages, print, texts } = post();
  expect(print('one')).toBe(true);
  expect(print('two')).toBe(true);
  expect(messages).toHaveLength(2);
  expect(texts()).toEqual(['one', 'two']);
});

test('lines that wait are sent by the timer, once and together, when nothing more is printed', () => {
  const { messages, timers, print } = post();
  for (let n = 0; n < 200; n += 1) print(String(n));
  expect(messages).toHaveLength(50);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(messages).toHaveLength(51);
  expect(messages.at(-1)).toHaveLength(150);
  timers[0]?.();
  expect(messages).toHaveLength(51);
});
