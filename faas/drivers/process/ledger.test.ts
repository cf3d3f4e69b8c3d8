import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ledger } from './ledger.ts';

let ledger: Ledger;

beforeEach(() => {
  ledger = new Ledger(tmpdir(), randomUUID());
});
afterEach(() => ledger.close());

/** Writes a note as an instance does. */
function note({ slot }: { slot: number }, ...fields: number[]): void {
  writeSync(ledger.fd, new Float64Array(fields), 0, 40, slot * 40);
}

test('a call of which nothing is noted has not begun', () => {
  expect(ledger.read(ledger.open()).state).toBe('not-begun');
});

test('a call is begun, and then done or failed, with what it used', () => {
  const [first, second] = [ledger.open(), ledger.open()];
  note(second, second.call, 1, 0, NaN, 0);
  expect([ledger.read(first).state, ledger.read(second).state]).toEqual(['not-begun', 'begun']);
  note(second, second.call, 2, 1.5, NaN, 7);
  const done = { state: 'done', usage: { handlerMs: 1.5, cpuMs: null, lines: 7 } };
  expect(ledger.read(second)).toEqual(done);
  note(first, first.call, 3, 2, 0.25, 0);
  const failed = { state: 'failed', usage: { handlerMs: 2, cpuMs: 0.25, lines: 0 } };
  expect(ledger.read(first)).toEqual(failed);
});

test('a call takes the place of one that has ended, and not its notes', () => {
  const first = ledger.open();
  note(first, first.call, 2, 1, 1, 1);
  ledger.release(first);
  const next = ledger.open();
  expect(next.slot).toBe(first.slot);
  expect(ledger.read(next).state).toBe('not-begun');
});

test('calls that run at once have places of their own, however many', () => {
  const open = Array.from({ length: 2_000 }, () => ledger.open());
  expect(new Set(open.map(({ slot }) => slot)).size).toBe(2_000);
});

test('a state that is unknown is one that has begun', () => {
  const entry = ledger.open();
  note(entry, entry.call, 9, 0, 0, 0);
  expect(ledger.read(entry).state).toBe('begun');
});

test('a ledger that is closed is not read', () => {
  const entry = ledger.open();
  ledger.close();
  expect(() => ledger.read(entry)).toThrow('closed');
});
