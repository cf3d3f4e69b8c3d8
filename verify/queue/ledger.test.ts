import { expect, test } from 'vitest';
import { wrongWith, type Ledger } from './ledger.ts';

const ledger: Ledger = {
  effects: [
    { message: 'once', times: 1 },
    { message: 'twice', times: 2 },
  ],
  deliveries: 3,
  waiting: [
    { id: 'dead', isDead: true },
    { id: 'late', isDead: false },
  ],
};

test('one effect for each is what is expected', () => {
  expect(wrongWith(['once'], ledger)).toBeNull();
});

test.each([
  ['twice', 'twice had its effect 2 times'],
  ['lost', 'lost was accepted, had no effect, and is gone'],
  ['dead', 'dead was accepted, had no effect, and is a dead letter'],
  ['late', 'late was accepted, had no effect, and still waits'],
])('%s does not agree', (id, said) => {
  expect(wrongWith(['once', id], ledger)).toBe(said);
});
