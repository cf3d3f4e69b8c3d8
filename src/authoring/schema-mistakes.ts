/** What a schema finds wrong, said for authors: where it stands, what belongs there, what to write. */

import { z } from 'astro/zod';
import type { Mistake } from '#src/errors/mistake.ts';
import { nearest, quoted } from '#src/errors/nearest.ts';
import type { Path, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** @returns the parsed value, or what is wrong with it: everything, not only the first */
export function readWithSchema<T extends z.ZodType>(
  schema: T,
  yaml: YamlSource,
): { value: z.output<T> | undefined; mistakes: readonly Mistake[] } {
  if (yaml.mistakes.length > 0) return { value: undefined, mistakes: yaml.mistakes };
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, mistakes: [] };
  return {
    value: undefined,
    mistakes: parsed.error.issues.flatMap((issue) => explain(schema, yaml, issue)),
  };
}

function explain(schema: z.ZodType, yaml: YamlSource, issue: Issue): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, yaml, path);
    return issue.keys.map((key) =>
      yaml.file.mistake(
        yaml.keyOffset([...path, key]),
        `\`${key}\` is not a key of ${name(yaml, path)}.`,
        unknownKeyCure(key, known),
      ),
    );
  }
  const found = yaml.at(path);
  const missing = found === undefined || (found === null && issue.code !== 'invalid_value');
  const expected = expectation(issue);
  if (missing && path.length > 0) {
    const key = String(path.at(-1));
    const problem = `\`${key}\` is missing in ${name(yaml, path.slice(0, -1))}.`;
    return [yaml.mistake(path, problem, `Add \`${key}:\` with ${expected}.`)];
  }
  const problem = `${name(yaml, path)}: expected ${expected}, found ${show(found)}.`;
  return [yaml.mistake(path, problem, valueCure(issue, found))];
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${quoted(issue.values.map(String))}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `one of ${quoted(issue.options.map(String))}`
        : 'another kind of value';
    case 'too_small':
    case 'too_big':
      return (
        ownWords(issue) ?? `${issue.code === 'too_small' ? 'at least' : 'at most'} ${bound(issue)}`
      );
    case 'invalid_format':
      return (
        ownWords(issue) ??
        (issue.format === 'url' ? 'an address that starts with https://' : issue.format)
      );
    default:
      return issue.message;
  }
}

const TYPES: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  date: 'a date like 2026-11-23',
};

/** Schemas of ours say what they expect in their message; Zod's own messages begin with these words. */
function ownWords(issue: Issue): string | undefined {
  return /^(Too (small|big)|Invalid)/.test(issue.message) ? undefined : issue.message;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  return issue.origin === 'array' ? `${String(limit)} in the list` : String(limit);
}

function valueCure(issue: Issue, found: unknown): string {
  const allowed =
    issue.code === 'invalid_value'
      ? issue.values.map(String)
      : issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)
        ? issue.options.map(String)
        : [];
  const close = typeof found === 'string' ? nearest(found, allowed) : undefined;
  if (close !== undefined) return `Did you mean "${close}"?`;
  return `Write ${expectation(issue)}.`;
}

function unknownKeyCure(key: string, known: readonly string[]): string {
  const close = nearest(key, known);
  if (close !== undefined) return `Did you mean \`${close}\`?`;
  return `Take it out, or write one of ${known.map((one) => `\`${one}\``).join(', ')}.`;
}

/** Keys that the schema knows at `path`, found by walking the schema beside the value. */
function keysAt(schema: z.ZodType, yaml: YamlSource, path: Path): readonly string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (let depth = 0; depth <= path.length; depth++) {
    at = resolve(at, yaml, path.slice(0, depth));
    if (depth === path.length) break;
    const step = path[depth];
    if (at instanceof z.ZodObject) at = (at.shape as Record<string, z.core.$ZodType>)[String(step)];
    else if (at instanceof z.ZodArray) at = at.element;
    else at = undefined;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** Looks through optional and default, and picks the member of a union that the value names. */
function resolve(
  schema: z.core.$ZodType | undefined,
  yaml: YamlSource,
  path: Path,
): z.core.$ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    return resolve(schema.unwrap(), yaml, path);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const kind = yaml.at([...path, key]);
    return schema.options.find(
      (option) =>
        option instanceof z.ZodObject &&
        (option.shape as Record<string, z.ZodType>)[key]?.safeParse(kind).success,
    );
  }
  return schema;
}

/** `options[0].why` of "cold-start", for a reader: an entry of a list goes by its id, if it has one. */
function name(yaml: YamlSource, path: Path): string {
  const [first, ...rest] = path;
  if (first === undefined) return 'this file';
  if (typeof first !== 'number') return `\`${join(path)}\``;
  const id = yaml.at([first, 'id']);
  const entry = typeof id === 'string' ? `"${id}"` : `entry ${String(first + 1)}`;
  return rest.length === 0 ? entry : `\`${join(rest)}\` of ${entry}`;
}

function join(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${String(step)}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
