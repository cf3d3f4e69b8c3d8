/**
 * What a lesson asks, as the page's script needs it: which questions there are, in which wording, and
 * which labs. Questions for review are left out: a lesson is done without them.
 */

import { getEntry } from 'astro:content';
import type { LessonQuestions, QuestionRef } from './lesson-state.ts';
import { questionHash } from './question-hash.ts';

/** Every page lists every lesson, so a build hashes each question once and not once a page. */
const known = new Map<string, Promise<QuestionRef[]>>();

/**
 * By sitting, in the order of the file; none when the lesson has no file of questions.
 *
 * @param later ids of those that the second sitting asks; null where there is none
 * @param labs names of the lesson's labs
 */
export async function lessonQuestions(
  slug: string,
  later: readonly string[] | null,
  labs: readonly string[],
): Promise<LessonQuestions> {
  const all = await questionsOf(slug);
  if (later === null) return { core: all, second: null, labs };
  return {
    core: all.filter(({ id }) => !later.includes(id)),
    second: all.filter(({ id }) => later.includes(id)),
    labs,
  };
}

function questionsOf(slug: string): Promise<QuestionRef[]> {
  // An author's save changes them while the dev server runs.
  if (import.meta.env.DEV) return readQuestions(slug);
  const questions = known.get(slug) ?? readQuestions(slug);
  known.set(slug, questions);
  return questions;
}

async function readQuestions(slug: string): Promise<QuestionRef[]> {
  const entry = await getEntry('quizzes', slug);
  const asked = (entry?.data ?? []).filter(({ review }) => review !== true);
  return asked.map((question) => ({ id: question.id, hash: questionHash(question) }));
}
