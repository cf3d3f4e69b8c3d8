import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { quizzesSchema } from './schemas.ts';

const read = (lesson: string) =>
  quizzesSchema.parse(
    parse(readFileSync(new URL(`quizzes/${lesson}.yaml`, import.meta.url), 'utf8')),
  );

// That they come out as they are tried is the author’s check.
it.each([
  ['what-is-serverless', 'idle-bill'],
  ['event-in-response-out', 'who-reads-it'],
  ['life-of-an-instance', 'name-the-phase'],
])('%s/%s was tried with ten right answers and ten wrong ones', (lesson, id) => {
  const question = read(lesson).find((one) => one.id === id);
  const tried = question?.kind === 'short' ? question.tried : undefined;
  expect(new Set(tried?.right).size).toBeGreaterThanOrEqual(10);
  expect(new Set(tried?.wrong).size).toBeGreaterThanOrEqual(10);
});

it('scale-to-zero/little is a number, and five and a half is not five', () => {
  const question = read('scale-to-zero').find(({ id }) => id === 'little');
  expect(question).toMatchObject({ kind: 'number', answer: 5 });
  expect(question?.kind === 'number' ? question.tolerance : 1).toBeLessThan(0.5);
});
