import { describe, expect, it } from 'vitest';
import { JsonSchema } from './json-schema.ts';

const entry = new JsonSchema({
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 10 },
    stars: { type: 'integer', minimum: 1, maximum: 5 },
    tags: { type: 'array', items: { $ref: '#/$defs/tag' }, maxItems: 2 },
    kind: { enum: ['note', 'question'] },
    when: { type: 'string', pattern: '^\\d{4}$' },
    who: { anyOf: [{ type: 'string' }, { type: 'object', required: ['id'] }] },
  },
  required: ['name'],
  additionalProperties: false,
  $defs: { tag: { type: 'string', minLength: 1 } },
});

describe('a mistake is told with its place, what was expected and what came', () => {
  it.each([
    [{ name: 'Ada' }, []],
    [{}, [{ path: ['name'], expected: 'text of 1 to 10 characters', found: 'nothing' }]],
    [
      { name: 'Ada', stars: 7 },
      [{ path: ['stars'], expected: 'a whole number ≥ 1 and ≤ 5', found: '7' }],
    ],
    [
      { name: 'Ada', tags: ['a', ''] },
      [{ path: ['tags', 1], expected: 'text, not empty', found: '""' }],
    ],
    [
      { name: 'Ada', tags: ['a', 'b', 'c'] },
      [{ path: ['tags'], expected: 'a list of at most 2 entries', found: '["a","b","c"]' }],
    ],
    [
      { name: 'Ada', kind: 'poem' },
      [{ path: ['kind'], expected: '"note" or "question"', found: '"poem"' }],
    ],
    [
      { name: 'Ada', when: 'now' },
      [{ path: ['when'], expected: 'text that matches ^\\d{4}$', found: '"now"' }],
    ],
    [
      { name: 'Ada', who: {} },
      [{ path: ['who'], expected: 'a value of another form', found: '{}' }],
    ],
    [
      { name: 'Ada', nmae: 'Bob' },
      [
        {
          path: ['nmae'],
          expected: 'no such field',
          found: '"Bob"',
          cure: 'Take it out or correct its name: there are name, stars, tags, kind, when, who.',
        },
      ],
    ],
    [[], [{ path: [], expected: 'an object', found: '[]' }]],
  ])('%j', (value, mistakes) => {
    expect(entry.mistakesIn(value)).toEqual(mistakes);
  });

  it('every one of them', () => {
    expect(entry.mistakesIn({ stars: 'many', kind: 1 }).map(({ path }) => path)).toEqual([
      ['name'],
      ['stars'],
      ['kind'],
    ]);
  });
});

it('names with slashes, tildes, spaces and per cents lead to their place', () => {
  const named = new JsonSchema({ additionalProperties: { type: 'number' } });
  for (const name of ['/api/items/[id]', 'a~1b', 'a b', '100%', 'é', '#']) {
    expect(named.mistakesIn({ [name]: 'x' }).map(({ path }) => path)).toEqual([[name]]);
  }
});

it('what is written in the prototype of every object is no field', () => {
  expect(entry.mistakesIn(JSON.parse('{"name":"Ada","__proto__":1}'))).toHaveLength(1);
  expect(entry.mistakesIn({ name: 'Ada', constructor: 1 })).toHaveLength(1);
});

it('a schema with a reference or a pattern that means nothing is refused at once', () => {
  expect(() => new JsonSchema({ items: { $ref: '#/$defs/none' } })).toThrow('$ref leads to');
  expect(() => new JsonSchema({ properties: { a: { pattern: '(' } } })).toThrow(
    'Invalid regular expression',
  );
});

it('a schema that is given stays as it was', () => {
  const schema = Object.freeze({ type: 'string' });
  expect(new JsonSchema(schema).mistakesIn('a')).toEqual([]);
  expect(schema).toEqual({ type: 'string' });
});
