/**
 * How far a lesson is. It is done when its end has been seen and every question of it has an answer in
 * its present form, right or wrong: a wrong answer has been explained, a question not asked has not.
 */

import type { ProgressStore } from './store.ts';

/** A question in one wording. */
export interface QuestionRef {
  readonly id: string;
  readonly hash: string;
}

/** How far the reader is with one lesson. */
export interface LessonState {
  readonly state: 'new' | 'started' | 'done';
  /** Questions answered in their present form. */
  readonly answered: number;
  readonly correct: number;
  readonly questions: number;
}

/** @param lesson its slug @param questions those that count */
export function lessonState(
  store: Pick<ProgressStore, 'get'>,
  lesson: string,
  questions: readonly QuestionRef[],
): LessonState {
  const answers = questions.flatMap(({ id, hash }) => {
    const answer = store.get('answer', `${lesson}/${id}`);
    return answer?.hash === hash ? [answer] : [];
  });
  const place = store.get('place', lesson);
  const isDone = place?.end === true && answers.length === questions.length;
  const isStarted =
    answers.length > 0 || (place !== undefined && (place.heading !== '' || place.end));
  return {
    state: isDone ? 'done' : isStarted ? 'started' : 'new',
    answered: answers.length,
    correct: answers.filter(({ correct }) => correct).length,
    questions: questions.length,
  };
}

/** `counter-forgets:1a2b3c4d why-cold:…`, as the server writes it into `data-questions`. */
export function writeQuestions(questions: readonly QuestionRef[]): string {
  return questions.map(({ id, hash }) => `${id}:${hash}`).join(' ');
}

/** Reads what `writeQuestions` wrote. */
export function readQuestions(text: string): QuestionRef[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', hash = ''] = part.split(':');
      return { id, hash };
    });
}
