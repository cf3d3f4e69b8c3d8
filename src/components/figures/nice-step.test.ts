import { expect, test } from 'vitest';
import { niceStep } from './nice-step.ts';

test('a step is 1, 2 or 5 times a power of ten, and never less than what was asked for', () => {
  expect([0.9, 1, 1.1, 2.3, 5, 5.1, 70, 0.0031].map(niceStep)).toEqual([
    1, 1, 2, 5, 5, 10, 100, 0.005,
  ]);
});
