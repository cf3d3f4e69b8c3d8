/** Notes to the reader about answers that were kept earlier, or could not be kept. */

import { longDate } from '#src/format/date.ts';
import type { AnswerRecord } from '../../../progress/records.ts';
import type { Keeping } from '../../../progress/store.ts';

/** Undefined when all is as it should be. */
export function keepingNote(keeping: Keeping): string | undefined {
  if (keeping === 'kept') return undefined;
  const reason =
    keeping === 'blocked'
      ? 'Your browser keeps nothing for this site'
      : 'Your browser’s storage is full';
  return `${reason}, so this answer is lost when you close the page.`;
}

/** For a question whose wording has changed since it was answered. */
export function earlierNote({ at, said }: Pick<AnswerRecord, 'at' | 'said'>): string {
  return `This question has changed since you answered it on ${longDate(new Date(at))}. Your answer to the earlier version: “${said}”`;
}
