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
const factId = z.string().regex(/^[TX]\d{2}-\d{2,3}$/, 'a fact id like "T05-01"');

/** A part of the course, as `course.yaml` lists it. */
export const coursePartSchema = z.strictObject({
  id: slug,
  title: text,
  /** Slugs in order; one that is not written yet with what the course map says of it. */
  lessons: z
    .array(z.union([slug, z.strictObject({ slug, title: text, summary: text })]))
    .min(1, 'at least one lesson'),
});

export const bridgeSchema = z.strictObject({
  title: text,
  /** One sentence, as in a lesson. */
  summary: text,
  /** Among the bridges, from 1. */
  place: z.int().min(1),
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
  anyOf: z.strictObject({ share: z.number().min(0).max(1), of: z.int().min(1) }).optional(),
  percentile: z
    .strictObject({ values: z.array(z.number()).min(1), share: z.number().min(0).max(100) })
    .optional(),
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

/** What helps with a prediction of a lesson, whose question and options stand in the lesson. */
export const predictionSchema = z.strictObject({
  /** Of the `<Demo>` or `<Predict>`. */
  id: slug,
  /** The two terms of the glossary that the question needs, for whoever does not know yet; none for a question about the reader. */
  needs: z.union([z.tuple([slug, slug]), z.literal('none')]),
  /** For the main prediction of a lesson: three reasons to choose from, and what is to be said of each. */
  why: z
    .array(z.strictObject({ reason: text, feedback: text }))
    .length(3, 'three reasons')
    .optional(),
});

/** One file a lesson: `predictions/<lesson-slug>.yaml`. */
export const predictionsSchema = z.array(predictionSchema);

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

/** Languages that a lab can be written in. */
export const LAB_LANGUAGES = ['typescript', 'python'] as const;

/** What the reader does in a lab: `labs.md` of the course's design tells of each. */
export const LAB_KINDS = ['write', 'mend', 'order', 'complete', 'test', 'sort', 'case'] as const;

const language = z.enum(LAB_LANGUAGES);
const oneOrMore = <Item extends z.ZodType>(item: Item) => z.array(item).min(1, 'at least one');

/** A name of a file or a value: `counts-units`, `longest`. */
const parameterName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a name like "longest"');

/** Two candidate lines for one check, of which one is right. */
const candidates = z.strictObject({
  check: text,
  language,
  right: text,
  wrong: text,
  /** Why the wrong one does not do. */
  why: text,
});

/** A card of a lab of kind `sort`. */
const card = z.strictObject({
  id: slug,
  text,
  /** Id of the box that it belongs to. */
  belongs: slug,
  /** Said at once, wherever it was put. */
  why: text,
});

/** One round of sorting: the boxes, and the cards that go into them. */
const sorting = z.strictObject({
  id: slug,
  question: text,
  level: z.enum(['first light', 'contract', 'edges']),
  boxes: z
    .array(
      z.strictObject({
        id: slug,
        title: text,
        /** Nothing belongs into it. */
        decoy: z.boolean().optional(),
      }),
    )
    .min(2, 'at least two boxes'),
  cards: oneOrMore(card),
  /** Sortings that a reader might hand in, as boxes by card; each must be found wrong. */
  wrong: oneOrMore(z.record(slug, slug)),
});

/** A number that the reader gives in a lab of kind `case`. */
const amountAsked = z.strictObject({
  id: slug,
  question: text,
  level: z.enum(['first light', 'contract', 'edges']),
  unit: text,
  answer: z.number(),
  tolerance: z.number().min(0),
  why: text,
  /** The call of a function of the first lab in `uses` that works it out, and the part of its answer. */
  by: z.strictObject({ call: z.array(z.unknown()).min(1), part: text }).optional(),
  /** Numbers that must be found wrong, each with what its writer overlooked. */
  wrong: oneOrMore(z.strictObject({ answer: z.number(), says: text })),
});

/** Something to read in a lab of kind `case`: a complaint with its trace and its bill. */
const exhibit = z.strictObject({
  id: slug,
  title: text,
  /** In the words of whoever complains. */
  complaint: text,
  /** A trace as text, a line an event. */
  trace: text,
  /** The bill, a line an item. */
  bill: text,
  /** Name of the function in the lab's code that it is about. */
  about: text.optional(),
  /** The code that it is about, where there is nothing in it to mend. */
  source: text.optional(),
});

/** `labs/<lesson>/<lab>/lab.yaml`. Names and levels of checks stand in `check.ts` alone. */
export const labSchema = z.strictObject({
  title: text,
  /** What to do, in Markdown; `{name}` stands for the value of a parameter. */
  task: text,
  kind: z.enum(LAB_KINDS),
  /** Empty for a lab without code. */
  language: z.array(language),
  where: oneOrMore(z.enum(['tab', 'terminal'])),
  /** Estimated until people have done it. A level that the lab does not have is left out. */
  minutes: z.strictObject({
    'first light': z.int().min(1).max(120),
    contract: z.int().min(1).max(120),
    edges: z.int().min(1).max(120).optional(),
  }),
  /** Names of functions that the file exports, in place of a handler. */
  entry: z.array(text).optional(),
  /** The call that Run makes at first, over HTTP. */
  run: z
    .strictObject({
      method: text.default('GET'),
      query: z.string().default(''),
      body: z.string().optional(),
    })
    .optional(),
  /** The calls that Run makes at first, of named functions, all at once. */
  calls: z
    .strictObject({
      calls: oneOrMore(z.array(z.unknown()).min(1)),
      handed: z.record(z.string(), oneOrMore(z.strictObject({ value: z.unknown() }))).optional(),
      schedule: z.array(z.int().min(0)).optional(),
      /** Where `check.ts` exports `outside`: so many instances share it. */
      instances: z.int().min(1).optional(),
    })
    .optional(),
  /** One call with its answer, the first help for whoever is stuck. */
  example: text.optional(),
  hints: z
    .strictObject({
      /** Asks for a look, such as a `console.log`, and not for an idea. */
      first: text,
      /** By the name of a check. */
      checks: z.record(text, text).default({}),
    })
    .optional(),
  candidates: z.array(candidates).default([]),
  /** Lines to put in order: those of the solution's region `lines`, and these that do not belong. */
  distractors: z.array(z.strictObject({ language, line: text, why: text })).default([]),
  /** By name of the file in `mutants/`. */
  mutants: z
    .record(
      slug,
      z.strictObject({
        /** What somebody who wrote this believes, as a sentence to the reader. */
        says: text,
        /** Name of the check that must catch it. */
        caught: text,
        /** Not named on the page: it grades a test that the reader wrote. */
        hidden: z.boolean().optional(),
      }),
    )
    .default({}),
  /** Why the start passes first light as it is, in a lab where it does: a sentence to the reader. */
  untouched: text.optional(),
  /**
   * Said once the contract holds, where a variable outside of all functions is still written in one, in
   * TypeScript; `{variable}` stands for its name.
   */
  keptOutside: text.optional(),
  /** Asked once the contract holds. */
  why: z
    .strictObject({
      question: text,
      right: text,
      /** A wrong answer by mutant; the one nearest to the reader's code is offered. */
      wrong: z.record(slug, text),
    })
    .optional(),
  /** Ids of earlier labs whose passing code is imported, else their solutions. One may stand alone. */
  uses: oneOrMore(z.string())
    .or(z.string().transform((id) => [id]))
    .default([]),
  /**
   * Values that a class's seed draws. In code they stand as the literal of a line that ends in the
   * comment `parameter: name`; the value written there is the one without a seed.
   */
  parameters: z
    .record(
      parameterName,
      z.union([
        z.strictObject({ oneOf: z.array(z.union([z.string(), z.number()])).min(2) }),
        z.strictObject({ from: z.int(), to: z.int() }),
      ]),
    )
    .default({}),
  /** A small test to write by choosing: these checks, of which `most` may be kept, catch these mutants. */
  pick: z
    .strictObject({
      question: text,
      most: z.int().min(1),
      checks: z.array(text).min(3, 'at least three'),
      mutants: z.array(slug).min(2, 'at least two'),
      why: text,
    })
    .optional(),
  sortings: z.array(sorting).default([]),
  exhibits: z.array(exhibit).default([]),
  amounts: z.array(amountAsked).default([]),
});

export type LabData = z.infer<typeof labSchema>;
export type FactData = z.infer<typeof factSchema>;
export type QuestionData = z.infer<typeof questionSchema>;
export type PredictionData = z.infer<typeof predictionSchema>;
export type CoursePart = z.infer<typeof coursePartSchema>;
