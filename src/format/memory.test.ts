import { expect, test } from 'vitest';
import { megabytes } from './memory.ts';

test('memory is in MB, with a tenth below a hundred', () => {
  expect([15.53, 256].map(megabytes)).toEqual(['15.5 MB', '256 MB']);
});
