import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Router, searchWith } from './router.ts';

const router = new Router([
  '/api/[any]/[thing]',
  '/api/items/[id]',
  '/api/items/new',
  '/api/items',
  '/api/hello',
  '/api/[id]/parts',
]);

/** The route and what its function is given, or null. */
function found(pathname: string): unknown {
  const match = router.find(pathname);
  return match && [match.route, match.params];
}

describe('a path is on one route', () => {
  test.each([
    ['/api/hello', ['/api/hello', {}]],
    ['/api/items', ['/api/items', {}]],
    ['/api/items/42', ['/api/items/[id]', { id: '42' }]],
    ['/api/items/caf%C3%A9%20au%20lait', ['/api/items/[id]', { id: 'café au lait' }]],
    ['/api/7/parts', ['/api/[id]/parts', { id: '7' }]],
    ['/api/a/b', ['/api/[any]/[thing]', { any: 'a', thing: 'b' }]],
    ['/api/hell%6F', ['/api/hello', {}]],
    ['/api/nothing', null],
    ['/api/hello/', ['/api/hello', {}]],
    ['/api/7/parts/', ['/api/[id]/parts', { id: '7' }]],
    ['/api/items/42/', null],
    ['/api', null],
    ['/', null],
  ])('%s', (pathname, expected) => {
    expect(found(pathname)).toEqual(expected);
  });

  test('a route without dynamic segments wins over one that has some', () => {
    expect(found('/api/items/new')).toEqual(['/api/items/new', {}]);
  });
});

describe('a path that could be read in two ways is on no route', () => {
  test.each([
    '/api/items/a%2Fb',
    '/api/items/a%2fb',
    '/api/items/a%5Cb',
    '/api/items/a\\b',
    '/api/items/..',
    '/api/items/%2e%2e',
    '/api/items/../hello',
    '/api/./hello',
    '/api//hello',
    '/api/hello//',
    '//api/hello',
    '/api/items/%00',
    '/api/items/a\u0000',
    '/api/items/%0A',
    '/api/items/%',
    '/api/items/%zz',
    '/api/items/%C3',
    '/api/items/.',
    '/api/items/%2E%2e',
    'api/hello',
    '',
    'http://elsewhere/api/hello',
  ])('%j', (pathname) => {
    expect(found(pathname)).toBeNull();
  });

  test.for(['_42', '.env', '_', '...'])('the value %s of a dynamic segment is a value', (value) => {
    expect(router.find(`/api/items/${value}`)?.params).toEqual({ id: value });
  });

  test('no path gives a value that holds a slash or is a step up', () => {
    const awkward = fc.stringMatching(/^(\/|%2[eEfF]|%5[cC]|\.|_|%|a|%00)*$/);
    fc.assert(
      fc.property(awkward, (tail) => {
        const match = router.find(`/api/items/${tail}`);
        for (const value of Object.values(match?.params ?? {})) {
          expect(value).not.toMatch(/^\.{1,2}$|[/\\\0]/);
        }
      }),
    );
  });
});

describe('dynamic segments are in the query', () => {
  test('beside what the caller sent, whose bytes are kept when there are none', () => {
    expect(searchWith('?q=a%20b', {})).toBe('?q=a%20b');
    expect(searchWith('', { id: 'a b' })).toBe('?id=a+b');
    expect(searchWith('?q=1', { id: '42' })).toBe('?q=1&id=42');
  });

  test('in place of what the caller sent under the same name', () => {
    expect(searchWith('?id=9&q=1', { id: '42' })).toBe('?q=1&id=42');
  });
});
