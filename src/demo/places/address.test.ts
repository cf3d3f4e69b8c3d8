import { expect, test } from 'vitest';
import { addressOf, samePlace } from './address.ts';

test('the query keeps its order, is encoded, and leaves out what is empty', () => {
  expect(addressOf('/api/hello', { name: 'Ada & Bob', b: '', c: '1' })).toBe(
    '/api/hello?name=Ada+%26+Bob&c=1',
  );
  expect(addressOf('/api/hello', { name: '' })).toBe('/api/hello');
  expect(addressOf('/api/hello?a=1', { b: '2' })).toBe('/api/hello?a=1&b=2');
});

test('the values of segments are carried over to another function', () => {
  const [path, url] = ['/api/shops/[shop]/items/[id]', '/api/shops/caf%C3%A9/items/42'];
  expect(samePlace(path, url, '/api/py/shops/[shop]/items/[id]')).toBe(
    '/api/py/shops/caf%C3%A9/items/42',
  );
  expect(samePlace('/api/hello', '/api/hello', '/api/py/hello')).toBe('/api/py/hello');
});
