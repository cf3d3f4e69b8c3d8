// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { labState, lessonState, readQuestions, writeQuestions } from './lesson-state.ts';
import type { AnswerRecord, AnyRecord, LabRecord, RecordKey, PlaceRecord } from './records.ts';
import { joined } from './join.ts';
import { ProgressStore } from './store.ts';
import { readProgressFile, writeProgressFile } from './transfer.ts';

const answer = (change: Partial<AnswerRecord> = {}): AnswerRecord => ({
  hash: 'aaaa',
  at: '2026-11-23T08:00:00.000Z',
  given: ['1'],
  said: 'Because.',
  correct: true,
  ...change,
});
const place = (change: Partial<PlaceRecord> = {}): PlaceRecord => ({
  at: '2026-11-23T08:00:00.000Z',
  heading: 'cold',
  end: false,
  ...change,
});
const attempt = (change: Partial<LabRecord> = {}): LabRecord => ({
  at: '2026-11-23T08:00:00.000Z',
  start: 'v1',
  code: 'mine',
  versions: [],
  passed: [],
  done: false,
  how: 'written',
  ...change,
});

/** Storage that refuses to hold more than `limit` entries. */
function small(limit: number): Storage {
  const storage = localStorage;
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key, value) {
    if (Object.keys(this).length >= limit && this.getItem(key) === null) {
      throw new DOMException('full', 'QuotaExceededError');
    }
    Object.defineProperty(this, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  });
  return storage;
}

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('progress is kept', () => {
  it('for the next page that opens the storage', () => {
    new ProgressStore(localStorage).set('answer', 'one/q', answer());
    expect(new ProgressStore(localStorage).get('answer', 'one/q')).toEqual(answer());
  });

  it('apart from what others keep in the same storage', () => {
    localStorage.setItem('theme', 'dark');
    localStorage.setItem('course:theme', 'dark');
    const store = new ProgressStore(localStorage);
    store.set('place', 'one', place());
    expect([...store.all().keys()]).toEqual(['place:one']);
    store.erase();
    expect(store.all().size).toBe(0);
    expect(localStorage.getItem('theme')).toBe('dark');
    expect(localStorage.getItem('course:theme')).toBe('dark');
  });

  it('and a damaged record counts as none', () => {
    localStorage.setItem('course:answer:one/q', '{"hash":1}');
    localStorage.setItem('course:answer:one/r', 'not JSON');
    const store = new ProgressStore(localStorage);
    expect(store.get('answer', 'one/q')).toBeUndefined();
    expect(store.get('answer', 'one/r')).toBeUndefined();
    expect(store.all().size).toBe(0);
  });

  it('and every change is told, also one made in another tab', () => {
    const store = new ProgressStore(localStorage);
    const told = vi.fn();
    store.addEventListener('change', told);
    store.set('place', 'one', place());
    expect(told).toHaveBeenCalledTimes(1);
    const elsewhere = (key: string | null): void =>
      store.changedElsewhere(new StorageEvent('storage', { key, storageArea: localStorage }));
    elsewhere('course:place:one');
    elsewhere(null);
    expect(told).toHaveBeenCalledTimes(3);
    elsewhere('theme');
    expect(told).toHaveBeenCalledTimes(3);
  });
});

describe('a prediction of the version before', () => {
  const older = { hash: 'aaaa', at: '2026-11-23T08:00:00.000Z', said: '10' };

  it('is read as it is: it has no reason, and nothing that was seen', () => {
    localStorage.setItem('course:prediction:one/p', JSON.stringify(older));
    const store = new ProgressStore(localStorage);
    expect(store.get('prediction', 'one/p')).toEqual(older);
    const file = writeProgressFile(store.all(), new Date(older.at));
    expect(readProgressFile(file)).toEqual({ records: store.all() });
  });

  it('is damaged when its reason is no text', () => {
    localStorage.setItem('course:prediction:one/p', JSON.stringify({ ...older, why: 3 }));
    expect(new ProgressStore(localStorage).get('prediction', 'one/p')).toBeUndefined();
  });
});

describe('where nothing can be kept', () => {
  it('the page still remembers while it is open, and says so', () => {
    const store = new ProgressStore(null);
    store.set('answer', 'one/q', answer());
    expect(store.get('answer', 'one/q')).toEqual(answer());
    expect(store.keeping).toBe('blocked');
    expect(new ProgressStore(null).get('answer', 'one/q')).toBeUndefined();
  });

  it('a full storage keeps what it has, and newer answers last as long as the page', () => {
    const store = new ProgressStore(small(1));
    store.set('answer', 'one/q', answer());
    expect(store.keeping).toBe('kept');
    store.set('answer', 'one/r', answer({ said: 'later' }));
    expect(store.keeping).toBe('full');
    expect(store.get('answer', 'one/r')?.said).toBe('later');
    expect([...store.all().keys()].sort()).toEqual(['answer:one/q', 'answer:one/r']);
  });

  it('what found no room is stored as soon as there is some', () => {
    localStorage.setItem('of another site', 'much');
    const store = new ProgressStore(small(1));
    store.set('answer', 'one/q', answer());
    expect(store.keeping).toBe('full');
    vi.restoreAllMocks();
    store.set('place', 'one', place());
    expect(store.keeping).toBe('kept');
    expect(new ProgressStore(localStorage).get('answer', 'one/q')).toEqual(answer());
  });
});

describe('a lesson', () => {
  const questions = readQuestions('q:aaaa r:bbbb');
  const stateOf = (store: ProgressStore) => lessonState(store, 'one', questions).state;

  it('is started with its first answer or heading, and done with its end and every answer', () => {
    const store = new ProgressStore(localStorage);
    expect(stateOf(store)).toBe('new');
    store.set('place', 'one', place({ heading: '' }));
    expect(stateOf(store)).toBe('new');
    store.set('answer', 'one/q', answer());
    expect(stateOf(store)).toBe('started');
    store.set('answer', 'one/r', answer({ hash: 'bbbb', correct: false }));
    expect(stateOf(store)).toBe('started');
    store.set('place', 'one', place({ end: true }));
    expect(lessonState(store, 'one', questions)).toEqual({
      state: 'done',
      answered: 2,
      correct: 1,
      questions: 2,
      second: null,
      labs: null,
    });
  });

  it('is done with its core, and its second sitting counts by itself', () => {
    const store = new ProgressStore(localStorage);
    const both = readQuestions('q:aaaa | r:bbbb');
    const state = () => lessonState(store, 'one', both);
    store.set('answer', 'one/q', answer());
    expect(state()).toMatchObject({ state: 'started', second: 'open' });
    store.set('place', 'one', place({ core: true }));
    expect(state()).toMatchObject({ state: 'done', answered: 1, questions: 1, second: 'open' });
    store.set('answer', 'one/r', answer({ hash: 'bbbb' }));
    expect(state()).toMatchObject({ answered: 2, questions: 2, second: 'open' });
    store.set('place', 'one', place({ end: true }));
    expect(state()).toMatchObject({ state: 'done', second: 'done' });
  });

  it('asks again when a question has changed', () => {
    const store = new ProgressStore(localStorage);
    store.set('place', 'one', place({ end: true }));
    store.set('answer', 'one/q', answer());
    store.set('answer', 'one/r', answer({ hash: 'old' }));
    expect(lessonState(store, 'one', questions)).toMatchObject({ state: 'started', answered: 1 });
  });

  it('tells its questions in one attribute', () => {
    expect(writeQuestions(questions)).toBe('q:aaaa r:bbbb');
    expect(readQuestions('')).toEqual({ core: [], second: null, labs: [] });
    const both = readQuestions('q:aaaa | r:bbbb');
    expect(both.second).toEqual([{ id: 'r', hash: 'bbbb' }]);
    expect(writeQuestions(both)).toBe('q:aaaa | r:bbbb');
    expect(writeQuestions(readQuestions('q:aaaa |'))).toBe('q:aaaa |');
    const withLab = readQuestions('@shout q:aaaa |');
    expect(withLab).toMatchObject({ core: [{ id: 'q', hash: 'aaaa' }], labs: ['shout'] });
    expect(writeQuestions(withLab)).toBe('@shout q:aaaa |');
  });

  it('knows of its labs whether their contracts have held, and how', () => {
    const store = new ProgressStore(localStorage);
    const asks = readQuestions('@shout @bill');
    const labs = () => lessonState(store, 'one', asks).labs;
    expect(labs()).toBe('open');
    store.set('lab', 'one/shout', attempt({ done: true }));
    store.set('lab', 'one/bill', attempt());
    expect(labs()).toBe('open');
    expect(lessonState(store, 'one', asks).state).toBe('started');
    store.set('lab', 'one/bill', attempt({ done: true, how: 'assembled' }));
    expect(labs()).toBe('assembled');
    store.set('lab', 'one/bill', attempt({ done: true }));
    expect(labs()).toBe('done');
    expect(labState(store, 'one/bill')).toBe('done');
    expect(labState(store, 'two/two')).toBe('new');
  });
});

describe('progress as a file', () => {
  const at = new Date('2026-11-23T09:00:00Z');

  it('comes back as it went out', () => {
    const store = new ProgressStore(localStorage);
    store.set('answer', 'one/q', answer());
    store.set('place', 'one', place());
    expect(readProgressFile(writeProgressFile(store.all(), at))).toEqual({ records: store.all() });
  });

  it('merges by keeping the later of two records', () => {
    const store = new ProgressStore(localStorage);
    store.set('answer', 'one/q', answer({ said: 'mine', at: '2026-11-20T00:00:00Z' }));
    store.set('answer', 'one/r', answer({ said: 'mine', at: '2026-11-22T00:00:00Z' }));
    const theirs = answer({ said: 'theirs', at: '2026-11-21T00:00:00Z' });
    store.merge(
      new Map<RecordKey, AnyRecord>([
        ['answer:one/q', theirs],
        ['answer:one/r', theirs],
        ['place:two', place()],
      ]),
      joined,
    );
    expect(store.get('answer', 'one/q')?.said).toBe('theirs');
    expect(store.get('answer', 'one/r')?.said).toBe('mine');
    expect(store.get('place', 'two')).toEqual(place());
  });

  it.each([
    ['nonsense', /not a JSON file/],
    ['null', /something else/],
    ['{"format":"other"}', /something else/],
    ['{"format":"scale-to-zero progress","version":2}', /version 2; this page reads version 1/],
    ['{"format":"scale-to-zero progress","version":1}', /`records` is missing/],
    ['{"format":"scale-to-zero progress","version":1,"records":{"x":{}}}', /“x” is no record/],
    [
      '{"format":"scale-to-zero progress","version":1,"records":{"place:one":{"at":"soon","heading":"","end":true}}}',
      /in “place:one”, expected at to be a date, found "soon"/,
    ],
    [
      '{"format":"scale-to-zero progress","version":1,"records":{"answer:one/q":{"hash":"a","at":"2026-11-20","given":[1]}}}',
      /expected given to be a list of strings, found \[1\]/,
    ],
  ])('says what is wrong with %s', (text, problem) => {
    const read = readProgressFile(text);
    expect('problem' in read ? read.problem : '').toMatch(problem);
  });
});
