/**
 * How far a lesson is. It is done when the end of its core has been seen and every question of it has
 * an answer in its present form, right or wrong: a wrong answer has been explained, a question not asked
 * has not. Its second sitting, where it has one, is done in the same way and counts by itself.
 */

import type { ProgressStore } from './store.ts';

/** A question in one wording. */
export interface QuestionRef {
  readonly id: string;
  readonly hash: string;
}

/** The questions of a lesson, by sitting. */
export interface LessonQuestions {
  readonly core: readonly QuestionRef[];
  /** Null where the lesson has one sitting only. */
  readonly second: readonly QuestionRef[] | null;
}

/** How far the reader is with one lesson. */
export interface LessonState {
  readonly state: 'new' | 'started' | 'done';
  /** Questions answered in their present form. */
  readonly answered: number;
  readonly correct: number;
  /** Those of the core, and those of the second sitting once one of them is answered. */
  readonly questions: number;
  /** Null where the lesson has one sitting only. */
  readonly second: 'open' | 'done' | null;
}

/** @param lesson its slug @param questions those that count */
export function lessonState(
  store: Pick<ProgressStore, 'get'>,
  lesson: string,
  { core, second }: LessonQuestions,
): LessonState {
  const answersTo = (questions: readonly QuestionRef[]) =>
    questions.flatMap(({ id, hash }) => {
      const answer = store.get('answer', `${lesson}/${id}`);
      return answer?.hash === hash ? [answer] : [];
    });
  const [first, later] = [answersTo(core), answersTo(second ?? [])];
  const answers = [...first, ...later];
  const place = store.get('place', lesson);
  const end = place?.end === true;
  const isDone = (end || place?.core === true) && first.length === core.length;
  const isStarted =
    answers.length > 0 || (place !== undefined && (place.heading !== '' || place.end));
  const isSecondDone = end && later.length === second?.length;
  return {
    state: isDone ? 'done' : isStarted ? 'started' : 'new',
    answered: answers.length,
    correct: answers.filter(({ correct }) => correct).length,
    questions: core.length + (later.length > 0 ? (second?.length ?? 0) : 0),
    second: second === null ? null : isSecondDone ? 'done' : 'open',
  };
}

/** Between the questions of the two sittings. */
const STOP = '|';

/** `counter-forgets:1a2b3c4d why-cold:… | two-dials:…`, as the server writes it into `data-questions`. */
export function writeQuestions({ core, second }: LessonQuestions): string {
  const written = (questions: readonly QuestionRef[]): string[] =>
    questions.map(({ id, hash }) => `${id}:${hash}`);
  return [...written(core), ...(second === null ? [] : [STOP, ...written(second)])].join(' ');
}

/** Reads what `writeQuestions` wrote. */
export function readQuestions(text: string): LessonQuestions {
  const [core = '', second] = text.split(STOP);
  return { core: refsIn(core), second: second === undefined ? null : refsIn(second) };
}

function refsIn(text: string): QuestionRef[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', hash = ''] = part.split(':');
      return { id, hash };
    });
}
