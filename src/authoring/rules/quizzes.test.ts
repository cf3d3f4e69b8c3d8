import { describe, expect, it } from 'vitest';
import { QUIZ, QUIZZES, broken, only, write, useSampleCourse } from '../fixtures/sample-course.ts';

useSampleCourse();

describe('quizzes', () => {
  const quiz = (text: string): void => write('src/content/quizzes/one.yaml', text);

  it.each([
    [
      ', correct: true',
      '',
      ' ‹- { t› "why" has no correct answer. Add `correct: true` to the right one of its `options`.',
    ],
    [
      'b, why',
      'b, correct: true, why',
      ' ‹- { t› "why" takes a single answer, but 2 are marked correct. Leave `correct: true` on one, or write `kind: multiple`.',
    ],
    [', why: no', '', ' ‹{ tex› `why` is missing in `options[1]` of "why". Add `why:` with text.'],
    [
      'kind: single',
      'kind: singel',
      ' ‹singe› `kind` of "why": expected one of "single", "multiple", "short", "number", found "singel". Did you mean "single"?',
    ],
    ['text: b', 'text: a', ' ‹a, wh› Two options say the same. Change one.'],
  ])('%s → %s', (from, to, message) => {
    quiz(QUIZ.replace(from, to));
    expect(only()).toBe(`${QUIZZES}${message}`);
  });

  it('an id twice', () => {
    quiz(QUIZ + QUIZ);
    expect(only()).toBe(
      `${QUIZZES} ‹why› The id "why" is taken: it stands in line 1 already. Give one of the two another id.`,
    );
  });

  it('a question that is never asked', () => {
    quiz(QUIZ + QUIZ.replace('id: why', 'id: other'));
    expect(only()).toMatch(
      /one\.yaml ‹other› "other" is never asked: .* Write <Quiz id="other" \/> in the lesson/,
    );
  });

  it('a pattern that is none', () => {
    quiz(
      `${QUIZ}- id: short\n  kind: short\n  question: What?\n  answers:\n    - { accept: ["/(/"], correct: true, why: x }\n  otherwise: x\n  model: x\n`,
    );
    broken('<Quiz id="why" />', '<Quiz id="why" />\n\n<Quiz id="short" />');
    expect(only()).toMatch(/one\.yaml ‹"\/\(\/"› \/\(\/ is not a regular expression/);
  });

  it('a file for no lesson', () => {
    write('src/content/quizzes/oen.yaml', '[]\n');
    expect(only()).toMatch(/oen\.yaml ‹\[\]› No lesson has the slug "oen".* Did you mean "one"\?/);
  });
});
