import { expect, test } from 'vitest';
import {
  drawParameters,
  filledIn,
  parametersOf,
  withParameters,
  writtenParameters,
} from './variant.ts';

const TS = `const FIELD = 'text'; // parameter: field\nconst MOST = 1_000; // parameter: most\n`;
const PYTHON = `FIELD = "text"  # parameter: field\nMOST = 8  # parameter: most\n`;

test('the values that stand in the code are those without a seed', () => {
  expect(writtenParameters(TS)).toEqual({ field: 'text', most: 1000 });
  expect(writtenParameters(PYTHON)).toEqual({ field: 'text', most: 8 });
});

test('other values take their place, each in the form of its language', () => {
  const values = { field: 'word', most: 12 };
  expect(withParameters(TS, values)).toBe(
    `const FIELD = 'word'; // parameter: field\nconst MOST = 12; // parameter: most\n`,
  );
  expect(withParameters(PYTHON, values)).toBe(
    `FIELD = "word"  # parameter: field\nMOST = 12  # parameter: most\n`,
  );
});

test('a seed draws the same values each time, and another seed draws others', () => {
  const parameters = { field: { oneOf: ['a', 'b', 'c'] }, most: { from: 5, to: 20 } };
  const drawn = Array.from({ length: 60 }, (_none, n) => drawParameters(parameters, `class ${n}`));
  expect(drawParameters(parameters, 'class 0')).toEqual(drawn[0]);
  expect(new Set(drawn.map(({ field }) => field))).toEqual(new Set(['a', 'b', 'c']));
  expect(drawn.every(({ most }) => Number(most) >= 5 && Number(most) <= 20)).toBe(true);
  expect(new Set(drawn.map(({ most }) => most)).size).toBeGreaterThan(8);
});

test('a task names the value, and braces that are no parameter stay', () => {
  expect(filledIn('{"{field}": 1} {x}', { field: 'word' })).toBe('{"word": 1} {x}');
});

test('code that has lost its line is held to the value of the start', () => {
  const code = TS.replace(' // parameter: most', '').replace("'text'", "'word'");
  expect(parametersOf(TS, code)).toEqual({ field: 'word', most: 1000 });
});
