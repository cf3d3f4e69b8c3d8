/**
 * What a scenario file may say. The JSON Schema in the repository (`scenario.schema.json`) is made
 * from this, so that an editor completes and checks a scenario as the command does.
 */

import { z } from 'zod';
import type { Scenario } from './scenario.ts';

const positive = z.number().positive();
const natural = z.int().nonnegative();
const count = z.int().positive();
const ms = z.number().nonnegative();

/** JSON has no infinity. */
const unlimited = z.literal('unlimited');
const naturalOrUnlimited = z.union([natural, unlimited]);
const msOrUnlimited = z.union([ms, unlimited]);
const countOrUnlimited = z.union([count, unlimited]);

const queue = {
  maxQueued: naturalOrUnlimited.optional(),
  maxQueueMs: msOrUnlimited.optional(),
};

const policy = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('keep-alive'),
    idleTimeoutMs: msOrUnlimited.optional(),
    maxInstances: countOrUnlimited.optional(),
    provisionedConcurrency: natural.optional(),
    ...queue,
  }),
  z.strictObject({
    name: z.literal('concurrent'),
    concurrency: count.optional(),
    maxInstances: countOrUnlimited.optional(),
    minInstances: natural.optional(),
    idleTimeoutMs: msOrUnlimited.optional(),
    ...queue,
  }),
  z.strictObject({
    name: z.literal('fixed'),
    servers: count.optional(),
    concurrency: count.optional(),
    ...queue,
  }),
  z.strictObject({
    name: z.literal('kpa'),
    containerConcurrency: natural.optional(),
    target: positive.optional(),
    targetUtilization: positive.max(1).optional(),
    stableWindowMs: positive.optional(),
    panicWindowPercentage: positive.optional(),
    panicThresholdPercentage: positive.optional(),
    maxScaleUpRate: positive.optional(),
    maxScaleDownRate: positive.optional(),
    activationScale: count.optional(),
    scaleDownDelayMs: ms.optional(),
    targetBurstCapacity: z.number().min(-1).optional(),
    minScale: natural.optional(),
    maxScale: count.optional(),
    initialScale: natural.optional(),
    atZero: z.boolean().optional(),
    enableScaleToZero: z.boolean().optional(),
    scaleToZeroGraceMs: positive.optional(),
    podRetentionMs: ms.optional(),
    aggregation: z.enum(['linear', 'weighted']).optional(),
    ...queue,
  }),
]);

const distribution = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('constant'), ms }),
  z
    .strictObject({ is: z.literal('uniform'), fromMs: ms, toMs: ms })
    .refine(({ fromMs, toMs }) => fromMs <= toMs, { path: ['toMs'], error: 'at least fromMs' }),
  z.strictObject({ is: z.literal('exponential'), meanMs: positive }),
  z
    .strictObject({ is: z.literal('lognormal'), medianMs: positive, p99Ms: positive })
    .refine(({ medianMs, p99Ms }) => medianMs <= p99Ms, {
      path: ['p99Ms'],
      error: 'at least medianMs',
    }),
  z.strictObject({ is: z.literal('measured'), samplesMs: z.array(ms).min(1) }),
]);

const durationS = positive;
const perSecond = z.number().nonnegative();

const workload = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('constant'), perSecond: positive, durationS }),
  z.strictObject({ is: z.literal('poisson'), perSecond: positive, durationS }),
  z.strictObject({ is: z.literal('bursts'), size: count, everyS: positive, durationS }),
  z
    .strictObject({
      is: z.literal('day'),
      lowPerSecond: perSecond,
      highPerSecond: positive,
      peakHour: z.number().min(0).lt(24).optional(),
      durationS: durationS.optional(),
    })
    .refine((day) => day.lowPerSecond <= day.highPerSecond, {
      path: ['highPerSecond'],
      error: 'at least lowPerSecond',
    }),
  z.strictObject({
    is: z.literal('flash-crowd'),
    basePerSecond: perSecond,
    peakPerSecond: positive,
    startS: z.number().nonnegative(),
    riseS: positive,
    halvesS: positive,
    durationS,
  }),
  z.strictObject({ is: z.literal('minutes'), counts: z.array(natural).min(1) }),
]);

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  policy,
  workload,
  timings: z.strictObject({
    start: distribution.optional(),
    init: distribution.optional(),
    handler: distribution,
    coldHandler: distribution.optional(),
  }),
  memoryMb: positive.optional(),
  timeLimitS: positive.optional(),
  seed: z.int().optional(),
});

export const SCENARIO_JSON_SCHEMA = {
  title: 'A scenario for npm run simulate',
  ...z.toJSONSchema(scenarioSchema),
};

/**
 * @param text of the file
 * @param file its name, for messages
 * @throws with every mistake: the field, what was expected and what came
 */
export function readScenario(text: string, file: string): Scenario {
  const result = scenarioSchema.safeParse(parsed(text, file), { reportInput: true });
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => `${file}: ${mistake(issue)}`).join('\n'));
  }
  const { policy, workload, timings, ...rest } = result.data;
  return withInfinities({ policy, workload, timings, ...rest }) as Scenario;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file}: expected JSON; ${(error as Error).message}`, { cause: error });
  }
}

type Issue = z.core.$ZodIssue;

function mistake(issue: Issue): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const fields = issue.keys.map((key) => [...path, key].join('.'));
    return `${fields.join(', ')}: expected no such field; take it out or correct its name`;
  }
  return `${path.join('.') || 'the file'}: expected ${expectation(issue)}, found ${found(issue)}`;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(quoted).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'array') return `at least ${issue.minimum} of them`;
      return `a number ${issue.inclusive ? '≥' : '>'} ${issue.minimum}`;
    case 'too_big':
      return `a number ${issue.inclusive ? '≤' : '<'} ${issue.maximum}`;
    case 'invalid_union':
      if ('options' in issue) return `one of ${[issue.options].flat().map(quoted).join(', ')}`;
      return issue.errors.map(([first]) => (first ? expectation(first) : '')).join(' or ');
    default:
      return issue.message;
  }
}

function found(issue: Issue): string {
  const { input, path } = issue;
  const field = path.at(-1);
  // Where a rule is about two fields, or tells kinds apart, the input is the object around it.
  const isObject = typeof input === 'object' && input !== null && field !== undefined;
  const tellsKindsApart = issue.code === 'invalid_union' && 'options' in issue;
  const isAround = isObject && (tellsKindsApart || field in input);
  const value: unknown = isAround ? Reflect.get(input, field) : input;
  return value === undefined ? 'nothing' : quoted(value).slice(0, 80);
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** `'unlimited'` was allowed only where it means infinity. */
function withInfinities(value: unknown): unknown {
  if (value === 'unlimited') return Infinity;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, withInfinities(of)]));
}
