import { expect, test } from 'vitest';
import { AROUND, nearOf } from './outline-near.ts';

const part = (count: number) => Array.from({ length: count }, (_, n) => ({ slug: `lesson-${n}` }));

test('of a part with a thousand lessons those around the current one are named, the rest counted', () => {
  const { near, others } = nearOf(part(1000), 'lesson-500');
  expect(near.map(({ slug }) => slug).slice(0, 2)).toEqual(['lesson-494', 'lesson-495']);
  expect(near).toHaveLength(2 * AROUND + 1);
  expect(others).toBe(1000 - near.length);
});

test('at the ends of a part there are fewer', () => {
  expect(nearOf(part(20), 'lesson-0').near).toHaveLength(AROUND + 1);
  expect(nearOf(part(20), 'lesson-19').near).toHaveLength(AROUND + 1);
  expect(nearOf(part(3), 'lesson-1')).toEqual({ near: part(3), others: 0 });
});

test('of another part no lesson is named', () => {
  expect(nearOf(part(1000), 'elsewhere')).toEqual({ near: [], others: 1000 });
});
