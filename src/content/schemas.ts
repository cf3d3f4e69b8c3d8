/**
 * What an author may write in each collection. Strict: a misspelt key is an error, not a silence.
 * The site reads them through `content.config.ts`, the author's check through `src/authoring/`.
 */

import { z } from 'astro/zod';

/** Lower case, digits and hyphens: safe in a URL, an HTML id and a storage key. Permanent. */
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens, like "cold-start"');

const text = z.string().trim().min(1, 'some text, not an empty string');

/** As in `facts.json`: topic and number, `T05-01`, or `X16-15` for one that was added later. */
const factId = z.string().regex(/^[TX]\d{2}-\d{2}$/, 'a fact id like "T05-01"');

/** A part of the course, as `course.yaml` lists it. */
export const coursePartSchema = z.strictObject({
  id: slug,
  title: text,
  /** Slugs in order; one that is not written yet with what the course map says of it. */
  lessons: z
    .array(z.union([slug, z.strictObject({ slug, title: text, summary: text })]))
    .min(1, 'at least one lesson'),
});

export const lessonSchema = z.strictObject({
  title: text,
  /** One sentence: the course map, search results and previews show it. */
  summary: text,
  /** To run and answer what is in it, waits included; the time to read is counted from its words. */
  minutes: z.int().min(1).max(120),
  /** Each finishes "After this lesson you can …". */
  objectives: z.array(text).min(1, 'at least one thing the reader will be able to do'),
  /** Slugs of lessons that come earlier. */
  prerequisites: z.array(slug),
  /** Fact ids that the lesson's own text rests on. */
  sources: z.array(factId),
  /** When the text was last checked, `2026-11-23`. */
  updated: z.union([z.date(), z.iso.date('a day like 2026-11-23')]).pipe(z.coerce.date()),
});

/** How a fact was read: at its source, in another text, worked out, or not yet. */
export const FACT_KINDS = ['primary', 'secondary', 'derived', 'unverified'] as const;

export const factSchema = z.strictObject({
  id: factId,
  topic: slug,
  statement: text,
  value: z.union([z.number(), z.string()]).nullable(),
  unit: z.string().nullable(),
  region: z.string().nullable(),
  /** When it was true, in the words of the source: a day, a month, a span. */
  asOf: z.string().nullable(),
  source: z.strictObject({ title: text, url: z.url().nullable() }),
  /** `unverified` facts are never printed. */
  kind: z.enum(FACT_KINDS),
  /** For authors: what to mind when using it. Readers never see it. */
  note: z.string().nullable(),
});

export const glossarySchema = z.strictObject({
  id: slug,
  term: text,
  /** One sentence, shown where the term is used. */
  short: text,
  long: text.optional(),
  /** Ids of related terms. */
  see: z.array(slug).optional(),
  /** Fact ids. */
  sources: z.array(factId).optional(),
});

const amount = z.number().min(0);

/** What one call takes, for an answer that is computed. */
const call = {
  handlerMs: amount,
  memoryMb: amount,
  cpuMs: amount.optional(),
  coldMs: amount.optional(),
};

/** How a number is computed: `authoring/answer-key.ts` computes it and documents each key. */
export const computedSchema = z.strictObject({
  bill: z
    .strictObject({
      table: slug,
      requests: amount,
      ...call,
      freeTier: z.boolean().optional(),
      gateway: slug.optional(),
      only: text.optional(),
    })
    .optional(),
  breakEven: z
    .strictObject({
      function: slug,
      machine: slug,
      ...call,
      freeTier: z.boolean().optional(),
      machines: amount.optional(),
      gateway: slug.optional(),
      only: text.optional(),
    })
    .optional(),
  busy: z.strictObject({ callsPerSecond: amount, seconds: amount }).optional(),
  times: z.number().optional(),
});

/** A claim about a bill: the option is right exactly if it rises when the calls change so. */
export const raisesSchema = z.strictObject({
  table: slug,
  change: z.strictObject({
    requests: amount.optional(),
    workMs: amount.optional(),
    waitMs: amount.optional(),
    cpuMs: amount.optional(),
    coldMs: amount.optional(),
    memoryMb: amount.optional(),
    idleMs: amount.optional(),
    ready: amount.optional(),
    gateway: slug.optional(),
  }),
});

const option = z.strictObject({
  text,
  correct: z.boolean().default(false),
  /** Where the option is a claim about a bill: the check computes whether it is right. */
  raises: raisesSchema.optional(),
  /** Why it is right, or what its chooser overlooked. Shown after answering. */
  why: text,
});

const asked = {
  id: slug,
  question: text,
  /** A question from before: slug of the earlier lesson whose idea it asks for again. */
  from: slug.optional(),
  /** Folded at the end of the lesson, and in no place of its text. */
  review: z.boolean().optional(),
};

const choice = {
  ...asked,
  options: z.array(option).min(2, 'at least two options'),
};

const shortAnswer = z.strictObject({
  /**
   * Answers taken as this one: compared without case, accents, punctuation at the ends, and words
   * that open it such as "it is the". `/…/` is a regular expression: of a right answer it must match
   * the whole, of a wrong one anything.
   */
  accept: z.array(text).min(1),
  correct: z.boolean().default(false),
  why: text,
});

/** A wrong number that the author expects, and what its writer overlooked. */
const mistake = z.strictObject({
  answer: z.number(),
  computed: computedSchema.optional(),
  why: text,
});

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...choice, kind: z.literal('single') }),
  z.strictObject({ ...choice, kind: z.literal('multiple') }),
  z.strictObject({
    ...asked,
    kind: z.literal('short'),
    answers: z.array(shortAnswer).min(1),
    /** What to say to an answer that none of `answers` takes. */
    otherwise: text,
    /** A full answer in the course's own words, for the reader to judge theirs against. */
    model: text,
    /** Answers that the check tries: each `right` one is taken as right, no `wrong` one is. */
    tried: z.strictObject({ right: z.array(text), wrong: z.array(text) }).optional(),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('number'),
    /** Stands behind the field: `USD`, `million calls a month`. */
    unit: text,
    answer: z.number(),
    /** The check computes the answer so, and stops when it is another. */
    computed: computedSchema,
    /** How far off an answer may be, in `unit`. */
    tolerance: z.number().positive(),
    why: text,
    mistakes: z.array(mistake).default([]),
    /** What to say to a number that is neither right nor expected. */
    otherwise: text,
  }),
]);

/** One file a lesson: `quizzes/<lesson-slug>.yaml`. */
export const quizzesSchema = z.array(questionSchema);

export const resourceSchema = z.strictObject({
  id: slug,
  title: text,
  /** Where it is today, or where it was when it is gone. */
  url: z.url(),
  /** The address as the class notes have it, if it differs. */
  was: z.string().optional(),
  status: z.enum(['current', 'moved', 'wrong', 'aged']),
  /** What it is, and what to know before reading it. */
  note: text,
  better: z.strictObject({ title: text, url: z.url() }).optional(),
  /** The fact that says so. */
  source: factId.optional(),
});

export type FactData = z.infer<typeof factSchema>;
export type CoursePart = z.infer<typeof coursePartSchema>;
