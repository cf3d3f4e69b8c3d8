import { expect, test } from 'vitest';
import { refillMs } from './door-refill.ts';
import { platformFileHere } from './platform-file-here.ts';
import { usesStore } from './store-asleep.ts';

test('an empty bucket takes its burst, over its rate, to fill', () => {
  const file = { rules: { '/api/a': { throttle: { rate: 0.5, burst: 3 } }, '/api/b': {} } };
  expect(refillMs('/api/a', file)).toBe(6_000);
  expect(refillMs('/api/b', file)).toBe(0);
  expect(refillMs('constructor', file)).toBe(0);
});

test('of this course, the limited function has a bucket, and the guestbook a database', () => {
  const here = platformFileHere();
  expect(['/api/limited', '/api/hello'].map((route) => refillMs(route, here))).toEqual([6_000, 0]);
  expect(['/api/guestbook', '/api/hello'].map((fn) => usesStore(fn, here))).toEqual([true, false]);
});
