/** The course in order: which lessons there are, in which part, and what stands before and after. */

import { getCollection, getEntry, type CollectionEntry } from 'astro:content';
import { siteUrl } from '#src/site/base.ts';
import type { PartId } from './schemas.ts';
import { stillPlanned, type PlannedLesson } from './curriculum.ts';
import { readingMinutes } from './reading-time.ts';

export type Lesson = CollectionEntry<'lessons'>;

export interface Part {
  readonly id: PartId;
  readonly number: number;
  readonly title: string;
}

export const PARTS: readonly Part[] = [
  { id: 'idea', number: 1, title: 'The idea' },
  { id: 'beyond', number: 2, title: 'Beyond functions' },
  { id: 'fit', number: 3, title: 'Where it fits' },
  { id: 'ship', number: 4, title: 'Build and ship' },
];

/** Every lesson, by `order`. */
export async function allLessons(): Promise<Lesson[]> {
  const lessons = await getCollection('lessons');
  return lessons.toSorted((a, b) => a.data.order - b.data.order);
}

/** A lesson on the map of the course. */
export interface MappedLesson extends PlannedLesson {
  /** To run; undefined while it is only planned. */
  readonly minutes: number | undefined;
}

/** The parts, each with its lessons in order: all that are written, and what else is planned. */
export async function courseByPart(): Promise<{ part: Part; lessons: MappedLesson[] }[]> {
  const written = (await allLessons()).map(({ id, data }) => ({ slug: id, ...data }));
  const planned = stillPlanned(written).map((plan) => ({ ...plan, minutes: undefined }));
  const lessons = [...written, ...planned].toSorted((a, b) => a.order - b.order);
  return PARTS.map((part) => ({ part, lessons: lessons.filter((one) => one.part === part.id) }));
}

/** How long a lesson takes someone new to it, in minutes. */
export interface Minutes {
  readonly read: number;
  readonly run: number;
}

export async function minutesOf({ id, body = '', data }: Lesson): Promise<Minutes> {
  const questions = (await getEntry('quizzes', id))?.data ?? [];
  const asked = questions.filter(({ review }) => review !== true);
  return { read: readingMinutes(body, asked), run: data.minutes };
}

/** What comes before and after a lesson, if anything does. */
export async function neighbours(
  slug: string,
): Promise<{ previous: Lesson | undefined; next: Lesson | undefined }> {
  const lessons = await allLessons();
  const at = lessons.findIndex((lesson) => lesson.id === slug);
  if (at === -1) return { previous: undefined, next: undefined };
  return { previous: lessons[at - 1], next: lessons[at + 1] };
}

export function partOf(lesson: Lesson): Part {
  const part = PARTS.find(({ id }) => id === lesson.data.part);
  if (part === undefined) throw new Error(`No part has the id "${lesson.data.part}".`);
  return part;
}

/** Where a lesson lives, under the site's base. */
export function lessonUrl(slug: string): string {
  return siteUrl(`/lessons/${slug}/`);
}
