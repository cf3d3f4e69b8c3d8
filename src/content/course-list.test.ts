import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { coursePartSchema } from './schemas.ts';
import { parsePartsInOrder, placesOf, slugOf } from './course-list.ts';

const here = (name: string): URL => new URL(name, import.meta.url);

describe('the course list', () => {
  const parts = coursePartSchema.array().parse(parse(readFileSync(here('course.yaml'), 'utf8')));

  it('names every lesson that is written, and nineteen in all', () => {
    const slugs = placesOf(parts).map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(19);
    expect(slugs).toEqual(expect.arrayContaining(readdirSync(here('lessons')).map(slugOf)));
  });
});

describe('places', () => {
  const parts = [
    { id: 'one', title: 'One', lessons: ['a', { slug: 'b', title: 'B', summary: 'To come.' }] },
    { id: 'two', title: 'Two', lessons: ['c'] },
  ];

  it('are numbered over all parts, as the list has them', () => {
    expect(placesOf(parts).map(({ number, slug, part }) => [number, slug, part.number])).toEqual([
      [1, 'a', 1],
      [2, 'b', 1],
      [3, 'c', 2],
    ]);
  });

  it('move with their lesson', () => {
    const moved = placesOf([...parts].reverse());
    expect(moved.map(({ number, slug }) => [number, slug])).toEqual([
      [1, 'c'],
      [2, 'a'],
      [3, 'b'],
    ]);
  });
});

it('keeps the order of the parts through a loader that keeps none', () => {
  expect(parsePartsInOrder('- id: b\n- id: a\n')).toEqual([
    { id: 'b', place: 0 },
    { id: 'a', place: 1 },
  ]);
});

it('takes a slug from a file name with and without a number', () => {
  expect([slugOf('03-a-b.mdx'), slugOf('a-b.mdx')]).toEqual(['a-b', 'a-b']);
});
