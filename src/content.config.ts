/** The collections: lessons are MDX; facts, glossary, quizzes and resources are data. */

import { defineCollection } from 'astro:content';
import { file, glob } from 'astro/loaders';
import {
  factSchema,
  glossarySchema,
  lessonSchema,
  quizzesSchema,
  resourceSchema,
} from './content/schemas.ts';

export const collections = {
  lessons: defineCollection({
    loader: glob({
      base: './src/content/lessons',
      pattern: '*.mdx',
      // `03-life-of-an-instance.mdx` is the lesson `life-of-an-instance`: a slug outlives its place.
      generateId: ({ entry }) => entry.replace(/^\d+-/, '').replace(/\.mdx$/, ''),
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
  resources: defineCollection({
    loader: file('src/content/resources.yaml'),
    schema: resourceSchema,
  }),
};
