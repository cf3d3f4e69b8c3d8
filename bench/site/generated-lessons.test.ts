import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { placesOf } from '../../src/content/course-list.ts';
import { coursePartSchema, lessonSchema } from '../../src/content/schemas.ts';
import { courseList, generateLessons } from './generated-lessons.ts';

const lessons = generateLessons(23);

describe('generated lessons', () => {
  it('have six code blocks each', () => {
    for (const { text } of lessons) expect(text.match(/^```\w+$/gm)).toHaveLength(6);
  });

  it('have the frontmatter of a lesson, and no two the same title', () => {
    const data = lessons.map(({ text }) => lessonSchema.parse(parse(text.split('---\n')[1] ?? '')));
    expect(new Set(data.map(({ title }) => title)).size).toBe(23);
    expect(data[22]?.prerequisites).toEqual([lessons[21]?.slug]);
  });

  it('differ in their text and code, so that no work on one can stand for another', () => {
    const bodies = lessons.map(({ text }) => text.split('---\n')[2]);
    expect(new Set(bodies).size).toBe(23);
  });

  it('stand in the course list in their order, in four parts', () => {
    const slugs = lessons.map(({ slug }) => slug);
    const parts = coursePartSchema.array().parse(parse(courseList(slugs)));
    expect(placesOf(parts).map(({ slug }) => slug)).toEqual(slugs);
    expect(parts).toHaveLength(4);
  });
});
