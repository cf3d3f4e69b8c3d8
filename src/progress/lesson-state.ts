/**
 * How far a lesson is. It is done when the end of its core has been seen and every question of it has
 * an answer in its present form, right or wrong: a wrong answer has been explained, a question not asked
 * has not. Its second sitting, where it has one, is done in the same way and counts by itself, and so
 * do its labs: their contracts hold, or have held.
 */

import type { LabRecord } from './records.ts';
import type { ProgressStore } from './store.ts';

/** A question in one wording. */
export interface QuestionRef {
  readonly id: string;
  readonly hash: string;
}

/** What a lesson asks: its questions by sitting, and its labs. */
export interface LessonQuestions {
  readonly core: readonly QuestionRef[];
  /** Null where the lesson has one sitting only. */
  readonly second: readonly QuestionRef[] | null;
  /** Names of its labs, without the lesson's slug. */
  readonly labs: readonly string[];
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
  /** Null where the lesson has no lab; `assembled` where one was put together from given lines. */
  readonly labs: 'open' | 'assembled' | 'done' | null;
}

/** @param lesson its slug @param questions those that count */
export function lessonState(
  store: Pick<ProgressStore, 'get'>,
  lesson: string,
  { core, second, labs }: LessonQuestions,
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
  const attempts = labs.map((lab) => store.get('lab', `${lesson}/${lab}`));
  const isStarted =
    answers.length > 0 ||
    attempts.some((attempt) => attempt !== undefined) ||
    (place !== undefined && (place.heading !== '' || place.end));
  const isSecondDone = end && later.length === second?.length;
  return {
    state: isDone ? 'done' : isStarted ? 'started' : 'new',
    answered: answers.length,
    correct: answers.filter(({ correct }) => correct).length,
    questions: core.length + (later.length > 0 ? (second?.length ?? 0) : 0),
    second: second === null ? null : isSecondDone ? 'done' : 'open',
    labs: stateOfLabs(attempts),
  };
}

/** A lab that belongs to no lesson: a checkpoint. @param id `<lesson>/<lab>` */
export function labState(store: Pick<ProgressStore, 'get'>, id: string): LessonState['state'] {
  const attempt = store.get('lab', id);
  return attempt === undefined ? 'new' : attempt.done ? 'done' : 'started';
}

function stateOfLabs(attempts: readonly (LabRecord | undefined)[]): LessonState['labs'] {
  if (attempts.length === 0) return null;
  if (!attempts.every((attempt) => attempt?.done === true)) return 'open';
  return attempts.some((attempt) => attempt?.how === 'assembled') ? 'assembled' : 'done';
}

/** Between the questions of the two sittings. */
const STOP = '|';
/** Before the name of a lab. */
const LAB = '@';

/** `@shout counter-forgets:1a2b3c4d why-cold:… | two-dials:…`, as the server writes it into `data-questions`. */
export function writeQuestions({ core, second, labs }: LessonQuestions): string {
  const written = (questions: readonly QuestionRef[]): string[] =>
    questions.map(({ id, hash }) => `${id}:${hash}`);
  const later = second === null ? [] : [STOP, ...written(second)];
  return [...labs.map((lab) => LAB + lab), ...written(core), ...later].join(' ');
}

/** Reads what `writeQuestions` wrote. */
export function readQuestions(text: string): LessonQuestions {
  const [core = '', second] = text.split(STOP);
  return {
    core: refsIn(core),
    second: second === undefined ? null : refsIn(second),
    labs: wordsIn(core).flatMap((word) => (word.startsWith(LAB) ? [word.slice(1)] : [])),
  };
}

function refsIn(text: string): QuestionRef[] {
  return wordsIn(text)
    .filter((word) => !word.startsWith(LAB))
    .map((word) => {
      const [id = '', hash = ''] = word.split(':');
      return { id, hash };
    });
}

function wordsIn(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
