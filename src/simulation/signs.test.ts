import { expect, test } from 'vitest';
import { storyOf } from './signs.ts';

const count = (name: Parameters<typeof storyOf>[0], type: string): number =>
  storyOf(name).filter((event) => event.type === type).length;
const reasons = (name: Parameters<typeof storyOf>[0]): string[] =>
  storyOf(name).flatMap((event) => (event.type === 'instance.stopped' ? [event.reason] : []));

test('each story shows the sign it is told for', () => {
  expect(count('a life', 'instance.starting')).toBe(1);
  expect(reasons('a life')).toEqual(['idle']);
  expect(count('at once', 'instance.starting')).toBeGreaterThan(2);
  expect(count('shared', 'instance.starting')).toBeLessThan(count('at once', 'instance.starting'));
  expect(reasons('an end')).toContain('timed-out');
  expect(
    storyOf('a queue').some((event) => event.type === 'request.started' && event.queueMs > 1),
  ).toBe(true);
});
