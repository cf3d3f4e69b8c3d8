import { expect, test } from 'vitest';
import { parseCounts } from './counts.ts';

test('counts are read however they are apart', () => {
  expect(parseCounts('1,2; 3\n4\t5\r\n')).toEqual([1, 2, 3, 4, 5]);
});

test('what is no count is refused with its place and what was expected', () => {
  expect(() => parseCounts('1, 2, many')).toThrow('Minute 3 says “many”. Expected a whole number');
  expect(() => parseCounts('-1')).toThrow('Minute 1 says “-1”');
  expect(() => parseCounts('1.5')).toThrow('whole number');
  expect(() => parseCounts('  ')).toThrow('Paste the calls of each minute first');
  expect(() => parseCounts('1 '.repeat(1441))).toThrow('at most 1440 minutes');
});
