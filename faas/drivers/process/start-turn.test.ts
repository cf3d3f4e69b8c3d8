import { expect, test } from 'vitest';
import { startTurn } from './start-turn.ts';

test('one starts at once, and between two there is time for what else has come', async () => {
  const done: string[] = [];
  const starts = [1, 2, 3].map((n) => startTurn().then(() => done.push(`start ${n}`)));
  setImmediate(() => done.push('a request'));
  await Promise.all(starts);
  expect(done).toEqual(['start 1', 'a request', 'start 2', 'start 3']);
});
