/** The course list, `course.yaml`: which lessons there are, in which part, and with which number. */

import { parse } from 'yaml';
import type { CoursePart } from './schemas.ts';

/** A part of the course, numbered by its place in the list. */
export interface CourseListPart {
  readonly id: string;
  /** From 1. */
  readonly number: number;
  readonly title: string;
}

/** A lesson's place in the course, whether or not it is written. */
export interface LessonPlace {
  readonly slug: string;
  /** From 1, over all parts. */
  readonly number: number;
  readonly part: CourseListPart;
  /** What the list says of a lesson that is not written yet; null where it only names it. */
  readonly planned: { readonly title: string; readonly summary: string } | null;
}

/** The places of a course, in order. */
export function placesOf(parts: readonly CoursePart[]): LessonPlace[] {
  const places: LessonPlace[] = [];
  for (const [index, { id, title, lessons }] of parts.entries()) {
    const part: CourseListPart = { id, title, number: index + 1 };
    for (const entry of lessons) {
      const slug = typeof entry === 'string' ? entry : entry.slug;
      const planned = typeof entry === 'string' ? null : entry;
      places.push({ slug, number: places.length + 1, part, planned });
    }
  }
  return places;
}

/** For Astro's loader, which keeps no order: each part with its place. */
export function parsePartsInOrder(text: string): Record<string, unknown>[] {
  const parts = parse(text) as Record<string, unknown>[];
  return parts.map((part, index) => ({ ...part, place: index }));
}

/** `03-life-of-an-instance.mdx` is the lesson `life-of-an-instance`: a slug outlives its place. */
export function slugOf(file: string): string {
  return file.replace(/^\d+-/, '').replace(/\.mdx$/, '');
}
