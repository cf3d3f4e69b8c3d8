import { expect, test } from 'vitest';
import { callLines, callSentence, stepWords } from './named-calls.ts';

test('a call is written as its caller would write it, with functions by their names', () => {
  expect(callSentence(['greet', 'Ada', { $handed: 'saveVisit' }])).toBe('greet("Ada", saveVisit)');
  expect(callSentence(['greet', null])).toBe('greet(null)');
  expect(callSentence(['place', { most: 10, instances: [{ id: 'i1' }] }])).toBe(
    'place({"most":10,"instances":[{"id":"i1"}]})',
  );
});

test('of a long argument each object of a list has a line of its own', () => {
  const instances = ['i1', 'i2', 'i3'].map((id) => ({
    id,
    state: 'ready',
    calls: 1,
    idleForMs: 0,
  }));
  expect(callSentence(['place', { perInstance: 5, instances }]))
    .toBe(`place({"perInstance":5,"instances":[
  {"id":"i1","state":"ready","calls":1,"idleForMs":0},
  {"id":"i2","state":"ready","calls":1,"idleForMs":0},
  {"id":"i3","state":"ready","calls":1,"idleForMs":0}
]})`);
});

test('of a very long list only the first objects are written', () => {
  const many = Array.from({ length: 40 }, (_, id) => ({ id, state: 'ready' }));
  const told = callSentence(['place', many]).split('\n');
  expect(told).toHaveLength(15);
  expect(told.at(-2)).toBe('  …');
});

test('many calls stand one below the other, each with what came of it, the first and the last ones', () => {
  const two = ['a', 'b'].map((key) => ({ call: `allow("${key}", 0)`, answer: 'true' }));
  expect(callLines(two)).toEqual(['allow("a", 0) → true', 'allow("b", 0) → true']);
  const many = Array.from({ length: 32 }, (_none, at) => ({ call: `allow(${at})`, answer: null }));
  const told = callLines(many);
  expect(told).toHaveLength(12);
  expect(told.slice(5, 8)).toEqual([
    'allow(5) → no answer',
    '… 21 calls between them …',
    'allow(27) → no answer',
  ]);
});

test('a step says what was asked, and what was answered where it is short', () => {
  const asks = { call: 0, does: 'calls', handed: 'write', with: ['a', 3] } as const;
  expect(stepWords(asks)).toBe('calls write ["a",3]');
  const heard = (value: unknown): string =>
    stepWords({ call: 0, does: 'goes on', handed: 'write', with: value });
  expect(heard({ value: false })).toBe('goes on write: false');
  expect(heard({ value: ['pay done', 'ship begun'] })).toBe(
    'goes on write: ["pay done","ship begun"]',
  );
  expect(heard({ value: Array.from({ length: 40 }, () => 'done') })).toBe(
    'goes on write: a list of 40',
  );
  expect(heard({ error: 'gone' })).toBe('goes on write: threw gone');
  for (const nothing of [null, {}, { value: null }]) expect(heard(nothing)).toBe('goes on write');
  expect(stepWords({ call: 0, does: 'begins', handed: null, with: null })).toBe('begins');
  expect(stepWords({ call: 0, does: 'ends', handed: null, with: { value: 1 } })).toBe(
    'ends {"value":1}',
  );
});
