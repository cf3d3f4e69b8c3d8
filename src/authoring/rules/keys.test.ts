import { beforeEach, describe, expect, it } from 'vitest';
import {
  QUIZ,
  QUIZZES,
  broken,
  found,
  only,
  useSampleCourse,
  write,
} from '../fixtures/sample-course.ts';

useSampleCourse();
beforeEach(() => broken('<Quiz id="why" />', '<Quiz id="why" />\n\n<Quiz id="key" />'));

const CALL = 'handlerMs: 120, memoryMb: 512, freeTier: false';
const NUMBER = `- id: key
  kind: number
  question: How much?
  unit: USD
  answer: 3.6
  computed: { bill: { table: lambda-x86, requests: 3000000, ${CALL} } }
  tolerance: 0.02
  why: Yes.
  mistakes:
    - { answer: 0.6, computed: { bill: { table: lambda-x86, requests: 3000000, ${CALL}, only: Requests } }, why: no }
    - { answer: 3600.01, computed: { bill: { table: lambda-x86, requests: 3000000, ${CALL} }, times: 1000 }, why: no }
  otherwise: x
`;
const CHOICE = `- id: key
  kind: multiple
  question: What raises it?
  options:
    - { text: init, correct: true, why: x, raises: { table: lambda-x86, change: { coldMs: 200 } } }
    - { text: idle, why: x, raises: { table: lambda-x86, change: { idleMs: 200 } } }
`;
const quiz = (text: string): void => write(QUIZZES, QUIZ + text);

describe('a computed number', () => {
  it('that is right is no mistake', () => {
    quiz(NUMBER);
    expect(found()).toEqual([]);
  });

  it.each([
    [
      'answer: 3.6',
      'answer: 3.7',
      / ‹3\.7› 3\.7 is not the answer of "key": computed, it is 3\.600\d+\. Write `answer: 3\.6`/,
    ],
    ['answer: 0.6', 'answer: 0.5', / ‹0\.5, › 0\.5 is not this mistake in "key".*`answer: 0\.6`/],
    [
      'tolerance: 0.02',
      'tolerance: 2',
      / ‹0\.6, › 0\.6 cannot be told from the answer, 3\.6, with a tolerance of 2\. Make `tolerance`/,
    ],
    [
      'lambda-x86',
      'lambda-x68',
      / ‹\{ bil› This cannot be computed\. There is no price table "lambda-x68"\. There are lambda-x86,/,
    ],
    ['freeTier', 'freetier', / ‹freet› `freetier` is not a key of .* Did you mean `freeTier`\?/],
  ])('%s → %s', (from, to, message) => {
    quiz(NUMBER.replace(from, to));
    expect(only()).toMatch(message);
    expect(only().startsWith(QUIZZES)).toBe(true);
  });
});

describe('an option that claims something of a bill', () => {
  it('is right exactly if the bill rises', () => {
    quiz(CHOICE);
    expect(found()).toEqual([]);
    quiz(CHOICE.replace('idleMs', 'coldMs'));
    expect(only()).toMatch(
      / ‹\{ tex› This option is marked as wrong, but the bill rises\. Write `correct: true`/,
    );
    quiz(
      CHOICE.replace('coldMs: 200', 'idleMs: 9').replace(
        'text: idle, why',
        'text: idle, correct: true, why',
      ),
    );
    expect(found().join()).toMatch(
      /marked as right, but the bill does not rise\. Write `correct: false`/,
    );
  });
});
