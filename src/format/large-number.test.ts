import { expect, test } from 'vitest';
import { largeNumber, largeNumberInShort, largeNumberTick, rate } from './large-number.ts';

test('a large number is written in millions and billions', () => {
  expect([950, 999_999, 1e6, 11_868_370, 1.2e9].map(largeNumber)).toEqual([
    '950',
    '999,999',
    '1 million',
    '11.87 million',
    '1.2 billion',
  ]);
});

test('where there is no room, a letter stands for the word', () => {
  expect([950, 11_868_370, 1.2e9].map(largeNumberInShort)).toEqual([
    '950',
    '11.87\u00a0M',
    '1.2\u00a0B',
  ]);
  expect([1e4, 1e8].map(largeNumberTick)).toEqual(['10\u00a0k', '100\u00a0M']);
});

test('a rate has the digits that matter at its size', () => {
  expect([0.00038, 4.52, 380.4].map(rate)).toEqual([
    '0.00038 a second',
    '4.5 a second',
    '380 a second',
  ]);
});
