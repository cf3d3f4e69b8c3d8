import { expect, test } from 'vitest';
import { entryBody } from './entry-body.ts';

test('a call is its name and its arguments, and what stands beside the calls stays', () => {
  const text = '{ "calls": [["bill", { "calls": 2 }, 3]], "handed": { "load": [] } }';
  expect(JSON.parse(entryBody(text))).toEqual({
    calls: [{ entry: 'bill', args: [{ calls: 2 }, 3] }],
    handed: { load: [] },
  });
});

test.each(['', '{', '[]', 'null', '{ "calls": {} }', '{ "calls": [[]] }', '{ "calls": ["bill"] }'])(
  '%j is refused with what was expected',
  (text) => {
    expect(() => entryBody(text)).toThrow(/^Expected .* Correct what Run calls\.$/);
  },
);
