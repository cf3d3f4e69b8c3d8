import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { printedValue } from './printed-value.ts';

const LONG = 'a text that is long enough to fill a good part of one line';

test.each([
  [{ 'x-request-id': 'order-4711' }],
  [{ authorization: 'open-sesame', age: 5, ok: true, none: null, nothing: undefined }],
  [{ name: "Ada's", quoted: 'say "so"', both: `'"`, lines: 'one\ntwo' }],
  [{}],
  [[]],
  [[1, 'two', [3]]],
  [{ a: { b: { c: { d: 1 } } } }],
  [{ a: { b: { c: {} } } }],
  [{ first: LONG, second: LONG }],
  [{ outer: { first: LONG, second: LONG } }],
  [{ list: [{ id: 'a' }, { id: 'b' }] }],
  [null],
  [undefined],
  [-0],
  [new Date(0).getTime()],
])('%j is printed as Node prints it', (value) => {
  expect(printedValue(value)).toBe(inspect(value));
});

test('a text is printed as it is, and a circle ends', () => {
  expect(printedValue("it's")).toBe("it's");
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(printedValue(circle)).toContain('[Circular *1]');
});
