import { describe, expect, test } from 'vitest';
import {
  allows,
  expected,
  fromText,
  readOptions,
  refusal,
  settle,
  type Given,
  type NumberOption,
  type OptionTable,
} from './option.ts';

const number = (rest: Partial<NumberOption>): NumberOption => ({
  type: 'number',
  least: 0,
  meaning: 'a number',
  ...rest,
});

describe('a number', () => {
  test.for<[Partial<NumberOption>, string, readonly unknown[], readonly unknown[]]>([
    [{}, 'a number ≥ 0', [0, 0.5, 1e9], [-1, NaN, Infinity, '1', null]],
    [{ isAbove: true }, 'a number > 0', [0.001], [0]],
    [{ isAbove: true, most: 1 }, 'a number > 0 and ≤ 1', [1], [0, 1.1]],
    [{ isBelow: true, most: 24 }, 'a number ≥ 0 and < 24', [0, 23.9], [24]],
    [{ isWhole: true, most: 9 }, 'a whole number from 0 to 9', [0, 9], [1.5, 10]],
    [{ unit: 'ms', step: 1000 }, 'a number ≥ 0 ms, a multiple of 1000', [0, 2000], [1500]],
    [{ also: { value: -1, means: 'all' } }, 'a number ≥ 0, or -1 (all)', [-1, 2], [-0.5]],
    [{ orUnlimited: true }, 'a number ≥ 0, or "unlimited"', [Infinity, 3], ['many']],
  ])('%j is %s', ([rest, text, right, wrong]) => {
    const option = number(rest);
    expect(expected(option)).toBe(text);
    expect(right.filter((value) => !allows(option, value))).toEqual([]);
    expect(wrong.filter((value) => allows(option, value))).toEqual([]);
  });

  test('has a range of its own where instances are real', () => {
    const option = number({ orUnlimited: true, real: { most: 9, orUnlimited: false } });
    expect(allows(option, Infinity)).toBe(true);
    expect(allows(option, Infinity, 'real')).toBe(false);
    expect(expected(option, 'real')).toBe('a number from 0 to 9');
  });
});

test('a refusal says what came, what was expected with its unit, and the cure', () => {
  const option = number({ unit: 'ms', most: 10, default: 5 });
  expect(refusal('--wait-ms', option, 'soon')).toBe(
    '--wait-ms is "soon". Expected a number from 0 to 10 ms; leave it out for 5.',
  );
  expect(refusal('"ms"', number({}), undefined)).toBe('"ms" is missing. Expected a number ≥ 0.');
});

const DECLARED = {
  times: { type: 'number', isWhole: true, least: 1, meaning: 'how often' },
  most: {
    type: 'number',
    least: 0,
    orUnlimited: true,
    default: 3,
    notBelow: ['kept'],
    meaning: '',
  },
  kept: { type: 'number', least: 0, default: 0, meaning: '' },
  mode: { type: 'choice', of: ['a', 'b'], default: 'a', meaning: '' },
  on: { type: 'flag', otherwise: 'as the moon is', meaning: '' },
  counts: {
    type: 'list',
    of: { type: 'number', least: 0, meaning: '' },
    default: [1],
    meaning: '',
  },
} as const satisfies OptionTable;

const of = { of: 'A run' };

test('options are read as from JSON, and what has a default may be left out', () => {
  expect(readOptions(DECLARED, { times: 2, most: 'unlimited', on: false }, of)).toEqual({
    times: 2,
    most: Infinity,
    on: false,
  });
  const least: Given<typeof DECLARED> = { times: 2 };
  // @ts-expect-error times has no default
  const none: Given<typeof DECLARED> = {};
  // @ts-expect-error c is no choice
  const other: Given<typeof DECLARED> = { times: 2, mode: 'c' };
  expect([least, none, other]).toHaveLength(3);
});

test.for([
  [{}, /^"times" is missing\. Expected a whole number ≥ 1\.$/],
  [{ times: 1, often: 2 }, /^A run has no option "often"\. Its options: times, most, kept/],
  [{ times: 1, toString: 2 }, /has no option "toString"/],
  [{ times: 1, mode: 'c' }, /^"mode" is "c"\. Expected "a" or "b"; leave it out for a\.$/],
  [{ times: 1, on: 1 }, /Expected true or false; leave it out for as the moon is/],
  [{ times: 1, counts: [] }, /Expected a list, not empty, each a number ≥ 0/],
  [{ times: 1, counts: [1, -1] }, /"counts" is \[1,-1\]/],
] as const)('%j is refused', ([given, message]) => {
  expect(() => readOptions(DECLARED, given, of)).toThrow(message);
});

test('a command line’s words become values where they are some', () => {
  expect(fromText(DECLARED.times, '12')).toBe(12);
  expect(fromText(DECLARED.times, '-0.5')).toBe(-0.5);
  expect(fromText(DECLARED.times, '1e3')).toBe('1e3');
  expect(fromText(DECLARED.most, 'unlimited')).toBe('unlimited');
  expect(fromText(DECLARED.on, 'true')).toBe(true);
  expect(fromText(DECLARED.mode, 'true')).toBe('true');
});

test('settled options have every default, raised to its lower bound', () => {
  expect(settle('it', DECLARED, { times: 1 })).toMatchObject({ most: 3, kept: 0, mode: 'a' });
  expect(settle('it', DECLARED, { times: 1, kept: 8 })).toMatchObject({ most: 8, kept: 8 });
  expect(() => settle('it', DECLARED, { times: 1, kept: 8, most: 7 })).toThrow(
    'The option most of it is 7. Expected at least kept, which is 8; raise it, or lower kept.',
  );
  expect(() => settle('it', DECLARED, { times: 0 })).toThrow('The option times of it is 0.');
});
