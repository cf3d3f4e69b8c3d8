/** What every lesson asks, for the page's script: its questions in their wording, and its labs. */

import type { APIRoute } from 'astro';
import { allLessons, labsOf, laterQuestions } from '#src/content/lessons.ts';
import { lessonQuestions } from '#src/progress/lesson-questions.ts';
import { writeQuestions } from '#src/progress/lesson-state.ts';

export const GET: APIRoute = async () => {
  const lessons = (await allLessons()).map(async (lesson) => [
    lesson.id,
    writeQuestions(await lessonQuestions(lesson.id, await laterQuestions(lesson), labsOf(lesson))),
  ]);
  return Response.json(Object.fromEntries(await Promise.all(lessons)));
};
