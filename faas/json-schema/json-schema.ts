/**
 * Checks values against a JSON Schema (draft 2020-12) without `eval`, and says in words what is wrong:
 * for mistakes in files of the project, and for callers whose request does not fit.
 */

import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';

/** One thing that is wrong with a value. */
export interface SchemaMistake {
  /** Names and indices that lead to the wrong part: `['items', 0, 'price']`. */
  readonly path: readonly (string | number)[];
  /** What belongs there: `a number > 0`. */
  readonly expected: string;
  /** What came, as JSON; `nothing` when it is missing. */
  readonly found: string;
  /** What to do, where it is more than writing what was expected. */
  readonly cure?: string;
}

type SchemaNode = Readonly<Record<string, unknown>>;

/** Longest text of a value in a message. In characters. */
const MOST_SHOWN = 80;

/** These only pass on what a schema below them found. */
const CONTAINERS = new Set([
  ...['$ref', '$dynamicRef', '$recursiveRef', 'allOf', 'if', 'properties', 'patternProperties'],
  ...['additionalProperties', 'unevaluatedProperties', 'dependentSchemas', 'prefixItems', 'items'],
  ...['propertyNames', 'unevaluatedItems'],
]);

/** What is below these was tried and may have failed with good reason: only they themselves count. */
const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'not', 'contains']);

/** A schema, ready to check values. */
export class JsonSchema {
  readonly #schema: SchemaNode | boolean;
  readonly #validator: Validator;

  /** @throws Error when a reference in it leads nowhere, or a pattern is no regular expression */
  constructor(schema: SchemaNode | boolean) {
    this.#schema = schema;
    // The validator writes into what it is given.
    this.#validator = new Validator(structuredClone(schema) as Schema | boolean, '2020-12', false);
    if (typeof schema === 'object') refuseBroken(schema, schema);
  }

  /** @param value as parsed from JSON. Empty when it fits. */
  mistakesIn(value: unknown): readonly SchemaMistake[] {
    const { valid, errors } = this.#validator.validate(value);
    if (valid) return [];
    const tried = errors
      .filter(({ keyword }) => ALTERNATIVES.has(keyword))
      .map(({ keywordLocation }) => `${keywordLocation}/`);
    const own = errors.filter(
      ({ keyword, keywordLocation }) =>
        !CONTAINERS.has(keyword) && !tried.some((prefix) => keywordLocation.startsWith(prefix)),
    );
    return own.map((error) => this.#explain(error, value));
  }

  #explain({ keyword, keywordLocation, instanceLocation, error }: OutputUnit, value: unknown) {
    const path = stepsOf(instanceLocation);
    const found = at(value, path);
    const real = path.map((step, index) =>
      Array.isArray(at(value, path.slice(0, index))) ? Number(step) : step,
    );
    const of = nodeAt(this.#schema, stepsOf(keywordLocation).slice(0, -1));
    if (keyword === 'false') return this.#unknown(real, found);
    if (keyword === 'required' || keyword === 'dependentRequired') {
      const [, name = ''] = /property "(.*)"\.$|have "(.*)"\.$/.exec(error) ?? [];
      const node = nodeAt(of, ['properties', name]);
      const expected = node === null ? 'a value' : expectedBy(node);
      return { path: [...real, name], expected, found: 'nothing' };
    }
    const expected = of === null ? asSentencePart(error) : expectedBy(of, keyword);
    return { path: real, expected, found: shown(found) };
  }

  /** A field that no schema knows. The nearest enclosing schema that we can find says what it knows. */
  #unknown(path: readonly (string | number)[], found: unknown): SchemaMistake {
    const known = knownBeside(this.#schema, path.slice(0, -1));
    const cure =
      known.length === 0
        ? 'Take it out.'
        : `Take it out or correct its name: there are ${known.join(', ')}.`;
    return { path, expected: 'no such field', found: shown(found), cure };
  }
}

/** What a schema asks for, in words: `a whole number from 1 to 10`. */
export function expectedBy(node: SchemaNode, keyword?: string): string {
  const { type, description } = node;
  if (node['const'] !== undefined) return shown(node['const']);
  if (Array.isArray(node['enum'])) return node['enum'].map(shown).join(' or ');
  if (keyword === 'pattern' || keyword === 'format' || ALTERNATIVES.has(keyword ?? '')) {
    if (typeof description === 'string') return description.replace(/\.$/, '');
    if (keyword === 'pattern') return `text that matches ${String(node['pattern'])}`;
    if (keyword === 'format') return `text in the form ${String(node['format'])}`;
    return 'a value of another form';
  }
  if (keyword === 'uniqueItems') return 'no entry twice';
  const types = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string');
  const words = types.map((each: string) => wordFor(each, node));
  return words.length === 0 ? 'another value' : words.join(' or ');
}

function wordFor(type: string, node: SchemaNode): string {
  switch (type) {
    case 'integer':
      return `a whole number${bounds(node)}`;
    case 'number':
      return `a number${bounds(node)}`;
    case 'string':
      return `text${lengths(node['minLength'], node['maxLength'], 'characters')}`;
    case 'array':
      return `a list${lengths(node['minItems'], node['maxItems'], 'entries')}`;
    case 'object':
      return `an object${lengths(node['minProperties'], node['maxProperties'], 'fields')}`;
    case 'boolean':
      return 'true or false';
    default:
      return type;
  }
}

function bounds(node: SchemaNode): string {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = node;
  const parts = [
    minimum !== undefined && `≥ ${String(minimum)}`,
    above !== undefined && `> ${String(above)}`,
    maximum !== undefined && `≤ ${String(maximum)}`,
    below !== undefined && `< ${String(below)}`,
  ].filter((part) => part !== false);
  const step = multipleOf === undefined ? '' : `, a multiple of ${String(multipleOf)}`;
  return (parts.length === 0 ? '' : ` ${parts.join(' and ')}`) + step;
}

function lengths(least: unknown, most: unknown, of: string): string {
  if (least !== undefined && most !== undefined) {
    return ` of ${String(least)} to ${String(most)} ${of}`;
  }
  if (least === 1) return ', not empty';
  if (least !== undefined) return ` of at least ${String(least)} ${of}`;
  return most === undefined ? '' : ` of at most ${String(most)} ${of}`;
}

/** A value as messages show it. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 1)}…` : text;
}

function asSentencePart(error: string): string {
  return `what the schema says (${error.replace(/\.$/, '')})`;
}

/** `#/rules/~1api~1hello` → `['rules', '/api/hello']` (RFC 6901). */
function stepsOf(location: string): string[] {
  const pointer = location.replace(/^[^#]*#/, '');
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => decoded(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The validator escapes pointers as in a URL. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of a schema to which a pointer leads, through references; null when it is none. */
function nodeAt(schema: unknown, path: readonly string[]): SchemaNode | null {
  let here = schema;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return null;
    if (step !== '$ref') {
      here = Reflect.get(here, step) as unknown;
      continue;
    }
    here = referredBy(schema, (here as SchemaNode)['$ref']);
  }
  return isNode(here) ? here : null;
}

function referredBy(root: unknown, ref: unknown): unknown {
  return typeof ref === 'string' && ref.startsWith('#') ? at(root, stepsOf(ref)) : undefined;
}

/** Names of the fields that a schema knows for the object to which `path` leads. */
function knownBeside(schema: unknown, path: readonly (string | number)[]): string[] {
  let here: unknown = schema;
  for (const step of path) {
    here = resolved(schema, here);
    if (!isNode(here)) return [];
    const { properties, additionalProperties, items } = here;
    const named = isNode(properties) ? properties[step] : undefined;
    here = named ?? (typeof step === 'number' ? items : additionalProperties);
  }
  here = resolved(schema, here);
  return isNode(here) && isNode(here['properties']) ? Object.keys(here['properties']) : [];
}

function resolved(root: unknown, node: unknown): unknown {
  return isNode(node) && '$ref' in node ? referredBy(root, node['$ref']) : node;
}

/** The validator would notice only at the first value that gets there. */
function refuseBroken(root: SchemaNode, node: unknown): void {
  if (Array.isArray(node)) for (const each of node) refuseBroken(root, each);
  if (!isNode(node)) return;
  const { $ref, pattern } = node;
  if (typeof $ref === 'string' && referredBy(root, $ref) === undefined) {
    throw new Error(`$ref leads to "${$ref}", and nothing is there: expected "#/$defs/NAME"`);
  }
  if (typeof pattern === 'string') new RegExp(pattern, 'u');
  for (const [name, each] of Object.entries(node)) {
    if (name !== 'const' && name !== 'enum' && name !== 'default') refuseBroken(root, each);
  }
}
