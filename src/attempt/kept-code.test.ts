// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { joined } from '../progress/join.ts';
import { ProgressStore } from '../progress/store.ts';
import { KeptCode } from './kept-code.ts';

const START = { code: 'start', version: 'v1' };
const open = (start = START): KeptCode =>
  new KeptCode(new ProgressStore(localStorage), 'one/lab', start);
const before = (kept: KeptCode): string[] => kept.versions.map(({ code }) => code);

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
  const later = open({ code: 'new start', version: 'v2' });
  expect(later.isOfEarlierLab).toBe(true);
  expect(later.code).toBe('mine');
});

test('a file that is imported takes no code away, whichever is newer', () => {
  const store = new ProgressStore(localStorage);
  const kept = new KeptCode(store, 'one/lab', START);
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
  kept.check(['a', 'b'], true, 'written');
  kept.check(['a'], false, 'written');
  expect(kept.record).toMatchObject({ passed: ['a'], done: true });
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
