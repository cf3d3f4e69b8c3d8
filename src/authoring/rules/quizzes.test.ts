import { describe, expect, it } from 'vitest';
import {
  QUIZ,
  QUIZZES,
  broken,
  found,
  only,
  write,
  useSampleCourse,
} from '../fixtures/sample-course.ts';

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

  it('questions in another order than the lesson asks them in', () => {
    quiz(QUIZ + QUIZ.replace('id: why', 'id: other'));
    broken('<Quiz id="why" />', '<Quiz id="other" />\n\n<Quiz id="why" />');
    expect(only()).toMatch(
      /one\.yaml ‹other› The lesson asks "other" before "why", .* Move "other" above "why"\./,
    );
  });

  it('a pattern that is none', () => {
    quiz(
      `${QUIZ}- id: short\n  kind: short\n  question: What?\n  answers:\n    - { accept: ["/(/"], correct: true, why: x }\n  otherwise: x\n  model: x\n`,
    );
    broken('<Quiz id="why" />', '<Quiz id="why" />\n\n<Quiz id="short" />');
    expect(only()).toMatch(/one\.yaml ‹"\/\(\/"› \/\(\/ is not a regular expression/);
  });

  const SHORT = `- id: short
  kind: short
  question: What?
  answers:
    - { accept: [storage, /the? data/], correct: true, why: x }
    - { accept: [instances], why: x }
  otherwise: x
  model: x
  tried: { right: [It is the storage.], wrong: [Instances, "nothing is in storage"] }
`;
  const ask = (text: string): void => {
    quiz(QUIZ + text);
    broken('<Quiz id="why" />', '<Quiz id="why" />\n\n<Quiz id="short" />');
  };

  it('an answer that was tried comes out as the author says', () => {
    ask(SHORT);
    expect(found()).toEqual([]);
  });

  it.each([
    ['It is the storage.', 'files', / ‹files› “files” is tried as right, and comes out as unknown/],
    ['It is the storage.', 'instances', /“instances” is tried as right, and comes out as wrong/],
    ['Instances,', 'Storage!,', / ‹Stora› “Storage!” is tried as wrong, and comes out as right/],
  ])('an answer that was tried and does not: %s → %s', (from, to, message) => {
    ask(SHORT.replace(from, to));
    expect(only()).toMatch(message);
  });

  it('a question for review, which stands in no text', () => {
    quiz(QUIZ + QUIZ.replace('id: why', 'id: other\n  review: true'));
    expect(found()).toEqual([]);
    quiz(QUIZ.replace('id: why', 'id: why\n  review: true'));
    expect(only()).toMatch(/"why" is asked twice: it is marked `review`/);
  });

  it('a question from before that is from no earlier lesson', () => {
    quiz(QUIZ.replace('id: why', 'id: why\n  from: one'));
    expect(only()).toMatch(/ ‹one› "one" does not come before "one"/);
    quiz(QUIZ.replace('id: why', 'id: why\n  from: noe'));
    expect(only()).toMatch(/No lesson has the slug "noe".* Did you mean "one"/);
  });

  it('a file for no lesson', () => {
    write('src/content/quizzes/oen.yaml', '[]\n');
    expect(only()).toMatch(/oen\.yaml ‹\[\]› No lesson has the slug "oen".* Did you mean "one"\?/);
  });
});
