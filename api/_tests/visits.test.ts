import { expect, test } from 'vitest';
import visits from '../visits.ts';

test('each visit is counted', async () => {
  expect(await visits.fetch().json()).toEqual({ visits: 1 });
  expect(await visits.fetch().json()).toEqual({ visits: 2 });
});
