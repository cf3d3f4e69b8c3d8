/** The questions of every lesson, for the page's script: which there are, and in which wording. */

import type { APIRoute } from 'astro';
import { allLessons, laterQuestions } from '#src/content/lessons.ts';
import { lessonQuestions } from '#src/progress/lesson-questions.ts';
import { writeQuestions } from '#src/progress/lesson-state.ts';

export const GET: APIRoute = async () => {
  const lessons = (await allLessons()).map(async (lesson) => [
    lesson.id,
    writeQuestions(await lessonQuestions(lesson.id, await laterQuestions(lesson))),
  ]);
  return Response.json(Object.fromEntries(await Promise.all(lessons)));
};
