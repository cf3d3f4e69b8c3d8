import { expect, test } from 'vitest';
import { judgeAmount, misplaced } from './sorting.ts';

const cards = [
  { id: 'form', belongs: 'front', why: 'The visitor’s browser shows it.' },
  { id: 'rows', belongs: 'back', why: 'It must outlive the visit.' },
];

test('a card in another box, or in none, is misplaced', () => {
  expect(misplaced(cards, { form: 'front', rows: 'back' })).toEqual([]);
  expect(misplaced(cards, { form: 'back' })).toEqual(['form', 'rows']);
});

test('a number is right within its tolerance, and an expected wrong one has its sentence', () => {
  const asked = {
    answer: 20,
    tolerance: 0.5,
    why: 'Both parts.',
    wrong: [{ answer: 10, says: 'Only one part.' }],
  };
  expect(judgeAmount(asked, 20.5)).toEqual({ isRight: true, says: 'Both parts.' });
  expect(judgeAmount(asked, 10.2)).toEqual({ isRight: false, says: 'Only one part.' });
  expect(judgeAmount(asked, 15)).toEqual({ isRight: false, says: null });
});
