/** The collections: lessons are MDX; facts, glossary, quizzes and resources are data. */

import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { parsePartsInOrder, slugOf } from './content/course-list.ts';
import {
  bridgeSchema,
  coursePartSchema,
  factSchema,
  glossarySchema,
  labSchema,
  lessonSchema,
  predictionsSchema,
  quizzesSchema,
  resourceSchema,
} from './content/schemas.ts';

export const collections = {
  parts: defineCollection({
    loader: file('src/content/course.yaml', { parser: parsePartsInOrder }),
    schema: coursePartSchema.extend({ place: z.int() }),
  }),
  lessons: defineCollection({
    loader: glob({
      base: './src/content/lessons',
      pattern: '*.mdx',
      generateId: ({ entry }) => slugOf(entry),
    }),
    schema: lessonSchema,
  }),
  facts: defineCollection({ loader: file('src/content/facts.json'), schema: factSchema }),
  glossary: defineCollection({ loader: file('src/content/glossary.yaml'), schema: glossarySchema }),
  /** One entry a lesson, whose `data` is its list of questions. */
  quizzes: defineCollection({
    loader: glob({ base: './src/content/quizzes', pattern: '*.yaml' }),
    schema: quizzesSchema,
  }),
  /** One entry a lab, by `<lesson>/<lab>`. */
  labs: defineCollection({
    loader: glob({
      base: './src/content/labs',
      pattern: '*/*/lab.yaml',
      generateId: ({ entry }) => entry.replace(/\/lab\.yaml$/, ''),
    }),
    schema: labSchema,
  }),
  /** Short pages that lessons link to; no lessons. */
  bridges: defineCollection({
    loader: glob({ base: './src/content/bridges', pattern: '*.mdx' }),
    schema: bridgeSchema,
  }),
  /** “If you run this in production”, one text a lesson. */
  inProduction: defineCollection({
    loader: glob({ base: './src/content/in-production', pattern: '*.mdx' }),
    schema: z.strictObject({}),
  }),
  /** One entry a lesson, whose `data` is a list: what helps with its predictions. */
  predictions: defineCollection({
    loader: glob({ base: './src/content/predictions', pattern: '*.yaml' }),
    schema: predictionsSchema,
  }),
  resources: defineCollection({
    loader: file('src/content/resources.yaml'),
    schema: resourceSchema,
  }),
};
