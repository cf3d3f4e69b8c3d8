/** The reader's work in words. */

import { counted } from '#src/format/number.ts';
import type { LessonState } from '../../../progress/lesson-state.ts';
import type { Keeping } from '../../../progress/store.ts';

/** `done · 5 of 6 answers right · second sitting done · lab done`, `started · 2 of 6 questions answered`. */
export function stateWords({ second, labs, ...state }: LessonState): string {
  const lab = { done: 'lab done', assembled: 'lab done, from given lines', open: '' };
  const words = [
    coreWords(state),
    second === 'done' ? 'second sitting done' : '',
    labs === null ? '' : lab[labs],
  ];
  return words.filter((one) => one !== '').join(' · ');
}

/** Of a checkpoint. */
export function labWords(state: LessonState['state']): string {
  return state === 'new' ? 'not started' : state;
}

type CoreState = Omit<LessonState, 'second' | 'labs'>;

function coreWords({ state, answered, correct, questions }: CoreState): string {
  if (state === 'new') return 'not started';
  if (questions === 0) return state;
  if (state === 'done') return `done · ${String(correct)} of ${counted(questions, 'answer')} right`;
  return `started · ${String(answered)} of ${counted(questions, 'question')} answered`;
}

/** `3 answers, 1 prediction, 2 places and 1 lab`, by the kinds of the keys. */
export function inventory(keys: Iterable<string>): string {
  const kinds = [...keys].map((key) => key.split(':')[0] ?? '');
  const parts = ['answer', 'prediction', 'place', 'lab']
    .map((kind) => ({ kind, number: kinds.filter((one) => one === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => counted(number, kind));
  if (parts.length === 0) return 'nothing';
  return new Intl.ListFormat('en-GB').format(parts);
}

/** Undefined when all is as it should be. */
export function keepingWords(keeping: Keeping): string | undefined {
  switch (keeping) {
    case 'kept':
      return undefined;
    case 'blocked':
      return 'Your browser keeps nothing for this site, so what you do is lost when you close the page. Allow it to store data, or export before you leave.';
    case 'full':
      return 'Your browser’s storage is full: what is new is lost when you close the page. Export it, or make room.';
  }
}
