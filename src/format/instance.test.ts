import { expect, test } from 'vitest';
import { liveIds } from '#faas/platform/live-ids.ts';
import { instanceName } from './instance.ts';

test('an instance of this platform is told by its number', () => {
  const id = liveIds();
  id('instance');
  expect(instanceName(id('instance'))).toBe('no. 2');
});

test('the name that another platform gives stays', () => {
  expect(instanceName('iad1::x7k2')).toBe('iad1::x7k2');
  expect(instanceName('i-0ab12')).toBe('i-0ab12');
});
