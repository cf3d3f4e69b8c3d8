// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { joined } from '../progress/join.ts';
import { ProgressStore } from '../progress/store.ts';
import { KeptAttempt } from './kept-attempt.ts';

const LAB = { id: 'one/lab', start: 'start', version: 'v1', contract: ['a', 'sorting/s'] };
const open = (lab = LAB): KeptAttempt => new KeptAttempt(new ProgressStore(localStorage), lab);
const before = (kept: KeptAttempt): string[] => kept.versions.map(({ code }) => code);

beforeEach(() => localStorage.clear());

test('what was typed is there in the next visit', () => {
  expect(open().code).toBe('start');
  open().type('mine');
  expect(open().code).toBe('mine');
});

test('a reset gives the start, and the code stays among the earlier versions', () => {
  const kept = open();
  kept.type('mine');
  kept.replace('start');
  expect(kept.code).toBe('start');
  expect(before(open())).toEqual(['mine']);
});

test('the start itself is no version, and the same code is kept once', () => {
  const kept = open();
  kept.replace('linked');
  expect(before(kept)).toEqual([]);
  kept.type('mine');
  kept.replace('start');
  kept.type('mine');
  kept.replace('start');
  expect(before(kept)).toEqual(['mine']);
});

test('code that another tab has kept meanwhile is not lost', () => {
  const here = open();
  here.type('here');
  const there = open();
  there.type('there');
  expect(here.elsewhere).toBe('there');
  here.type('here again');
  expect(here.code).toBe('here again');
  expect(before(here)).toEqual(['there']);
  expect(there.elsewhere).toBe('here again');
  expect(there.take('not kept yet')).toBe('here again');
  expect(there.elsewhere).toBeNull();
  expect(before(there)).toEqual(['not kept yet', 'there']);
});

test('another version of the lab changes no code, and is noticed', () => {
  open().type('mine');
  const later = open({ ...LAB, start: 'new start', version: 'v2' });
  expect(later.isOfEarlierLab).toBe(true);
  expect(later.code).toBe('mine');
});

test('a file that is imported takes no code away, whichever is newer', () => {
  const store = new ProgressStore(localStorage);
  const kept = new KeptAttempt(store, LAB);
  kept.type('mine');
  const record = kept.record;
  if (record === undefined) throw new Error('Nothing was kept.');
  const brought = (at: string, code: string) =>
    store.merge(new Map([['lab:one/lab', { ...record, at, code, versions: [] }]]), joined);
  brought('2020-01-01T00:00:00.000Z', 'older');
  expect(kept.code).toBe('mine');
  expect(before(kept)).toEqual(['older']);
  brought('2099-01-01T00:00:00.000Z', 'newer');
  expect(kept.code).toBe('newer');
  expect(before(kept)).toEqual(['mine', 'older']);
});

test('a contract that has held is held for good', () => {
  const kept = open();
  kept.judge(['a', 'b'], ['a', 'b'], 'written');
  expect(kept.isDone).toBe(false);
  kept.judge(['sorting/s'], ['sorting/s'], 'written');
  expect(kept.isDone).toBe(true);
  kept.judge(['a', 'b'], ['b'], 'written');
  expect(kept.record).toMatchObject({ passed: ['sorting/s', 'b'], done: true });
});

test('what was assembled counts as written once it is, and never the other way round', () => {
  const kept = open();
  const all = ['a', 'sorting/s'];
  kept.judge(all, all, 'assembled');
  kept.judge(all, [], 'written');
  expect(kept.record).toMatchObject({ done: true, how: 'assembled' });
  kept.judge(all, all, 'written');
  kept.judge(all, all, 'assembled');
  expect(kept.record?.how).toBe('written');
});

test('what was chosen beside the code is there in the next visit, and changes no code', () => {
  const kept = open();
  kept.choose('amount/before', '10,35');
  kept.choose('card/s/one', 'left');
  kept.choose('card/s/one', 'a=b');
  kept.type('mine');
  const again = open();
  expect(again.code).toBe('mine');
  expect(before(again)).toEqual([]);
  expect(again.choice('amount/before')).toBe('10,35');
  expect(again.choice('card/s/one')).toBe('a=b');
  expect(again.choice('card/s')).toBeUndefined();
});

test('a choice made before anything was typed is no code of another tab', () => {
  const kept = open();
  kept.choose('lines', '+a');
  expect(kept.elsewhere).toBeNull();
  expect(kept.code).toBe('start');
});

test('of two records each choice stays, the later one of a name', () => {
  const store = new ProgressStore(localStorage);
  const kept = new KeptAttempt(store, LAB);
  kept.choose('amount/a', '1');
  const { record } = kept;
  if (record === undefined) throw new Error('Nothing was kept.');
  const other = {
    ...record,
    at: '2020-01-01T00:00:00.000Z',
    choices: ['amount/a=2', 'amount/b=3'],
  };
  store.merge(new Map([['lab:one/lab', other]]), joined);
  expect([kept.choice('amount/a'), kept.choice('amount/b')]).toEqual(['1', '3']);
});

test('only so many versions are kept, the newest of them', () => {
  const kept = open();
  for (let n = 0; n < 40; n += 1) {
    kept.type(`code ${n}`);
    kept.replace('start');
  }
  expect(before(kept)).toHaveLength(20);
  expect(before(kept)[0]).toBe('code 39');
});

test('why it passes is kept as an answer, until the question changes', () => {
  open().explain({ hash: 'h1', given: ['right'], said: 'It waits.', correct: true });
  expect(open().explained('h1')).toMatchObject({ said: 'It waits.', correct: true });
  expect(open().explained('h2')).toBeUndefined();
  expect(new ProgressStore(localStorage).get('answer', 'one/lab-lab')).toBeDefined();
});
