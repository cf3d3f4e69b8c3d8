import { beforeEach, expect, test, vi } from 'vitest';
import { lessonQuestions } from './lesson-questions.ts';
import { questionHash } from './question-hash.ts';

const getEntry = vi.hoisted(() => vi.fn());
vi.mock('astro:content', () => ({ getEntry }));
beforeEach(() => void getEntry.mockReset());

const question = { id: 'why', question: 'Why?', options: ['a', 'b'] };

test('questions are told by id and wording, without those for review', async () => {
  const later = { id: 'again', question: 'Again?', review: true };
  getEntry.mockResolvedValue({ data: [question, later] });
  const why = { id: 'why', hash: questionHash(question) };
  expect(await lessonQuestions('one', null, ['shout'])).toEqual({
    core: [why],
    second: null,
    labs: ['shout'],
  });
  expect(await lessonQuestions('one', ['why'], [])).toEqual({ core: [], second: [why], labs: [] });
  expect(getEntry).toHaveBeenCalledWith('quizzes', 'one');
});

test('a lesson without a file of questions has none', async () => {
  getEntry.mockResolvedValue(undefined);
  expect(await lessonQuestions('two', null, [])).toEqual({ core: [], second: null, labs: [] });
});
