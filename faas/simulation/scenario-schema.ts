/**
 * The format of a scenario file. The JSON Schema in the repository (`scenario.schema.json`) is
 * generated from it, so that an editor completes and checks a scenario as the command does.
 */

import { z } from 'zod';
import { jsonSchemaOf } from '../core/option-schema.ts';
import {
  allows,
  conflictIn,
  defaultText,
  expected,
  inUse,
  type Option,
  type OptionTable,
} from '../core/option.ts';
import { POLICY_OPTIONS } from '../core/scaling/policies.ts';
import { DISTRIBUTIONS } from './distribution.ts';
import { SCENARIO_OPTIONS, type Scenario } from './scenario.ts';
import { WORKLOAD_OPTIONS } from './workload.ts';

function field(option: Option): z.ZodType {
  if (option.type === 'list') {
    // Check each element, so that a message can name its index.
    return z
      .array(field(option.of))
      .min(1, { error: expected(option) })
      .meta(jsonSchemaOf(option));
  }
  const given = z
    .unknown()
    .refine((value) => allows(option, inUse(value)), { error: expected(option) })
    .meta(jsonSchemaOf(option));
  return defaultText(option) === null ? given : given.optional();
}

function fields(options: OptionTable): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, field(option)]));
}

/** A union of objects discriminated by `key`, each with its own options. */
function kinds<Key extends string>(
  key: Key,
  all: Readonly<Record<string, OptionTable>>,
): z.ZodType {
  const objects = Object.entries(all).map(([kind, options]) =>
    z
      .strictObject({ [key]: z.literal(kind), ...fields(options) })
      .superRefine((given: Readonly<Record<string, unknown>>, context) => {
        const values = Object.fromEntries(
          Object.entries(given).map(([name, value]) => [name, inUse(value)]),
        );
        const conflict = conflictIn(options, values);
        if (conflict === null) return;
        const { name, expected: message } = conflict;
        context.addIssue({ code: 'custom', path: [name], message, input: given });
      }),
  );
  return z.discriminatedUnion(key, objects as [(typeof objects)[0], ...typeof objects]);
}

const distribution = kinds('is', DISTRIBUTIONS);

const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  policy: kinds('name', POLICY_OPTIONS),
  workload: kinds('is', WORKLOAD_OPTIONS),
  timings: z.strictObject({
    start: distribution.optional(),
    init: distribution.optional(),
    handler: distribution,
    coldHandler: distribution.optional(),
  }),
  ...fields(SCENARIO_OPTIONS),
});

/** The JSON Schema of a scenario file. */
export const SCENARIO_JSON_SCHEMA = {
  title: 'A scenario for npm run simulate',
  ...z.toJSONSchema(scenarioSchema),
};

/**
 * Parses and checks a scenario file.
 *
 * @param text content of the file
 * @param file its name, for messages
 * @throws with every mistake: the field, what was expected and what came
 */
export function readScenario(text: string, file: string): Scenario {
  const result = scenarioSchema.safeParse(parsed(text, file), { reportInput: true });
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => `${file}: ${mistake(issue)}`).join('\n'));
  }
  return withInfinities(result.data) as Scenario;
}

function parsed(text: string, file: string): unknown {
  try {
    // Some editors write a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
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
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(quoted).join(', ')}`;
    case 'invalid_union':
      return `one of ${('options' in issue ? [issue.options] : []).flat().map(quoted).join(', ')}`;
    default:
      return issue.message;
  }
}

function found(issue: Issue): string {
  const { input, path } = issue;
  const field = path.at(-1);
  // For a rule on two fields, or on the discriminator, the input is the enclosing object.
  const isObject = typeof input === 'object' && input !== null && field !== undefined;
  const tellsKindsApart = issue.code === 'invalid_union' && 'options' in issue;
  const isAround = isObject && (tellsKindsApart || field in input);
  const value: unknown = isAround ? Reflect.get(input, field) : input;
  return value === undefined ? 'nothing' : quoted(value).slice(0, 80);
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** Replaces `'unlimited'` by Infinity; the schema allows the word only where that is meant. */
function withInfinities(value: unknown): unknown {
  if (value === 'unlimited') return Infinity;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, withInfinities(of)]));
}
