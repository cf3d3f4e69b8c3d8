import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstAnswers } from './first-answer.ts';

test('a file in each language is written, known and answered, in this order', async () => {
  const answers = await firstAnswers();
  expect(answers.map(({ file }) => file)).toEqual(['api/hi.ts', 'api/py/hi.py']);
  for (const { readMs, answeredMs, answer, missing } of answers) {
    expect(readMs).toBeGreaterThan(0);
    expect(answeredMs).toBeGreaterThan(readMs);
    if (missing === null) expect(answer).toBe('Hello, Ada!');
  }
  expect(existsSync('api/hi.ts')).toBe(false);
});
