import { expect, test } from 'vitest';
import bare from '../bare.ts';

test('it answers, and does nothing else', async () => {
  expect(await bare.fetch().json()).toEqual({ done: true });
});
