import { expect, test } from 'vitest';
import limited from '../limited.ts';

test('each call that comes through is counted', async () => {
  expect(await limited.fetch().json()).toEqual({ served: 1 });
  expect(await limited.fetch().json()).toEqual({ served: 2 });
});
