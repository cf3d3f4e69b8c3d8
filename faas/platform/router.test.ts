import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FunctionSpec } from '../core/function.ts';
import { Router, searchWith } from './router.ts';

function spec(path: string, methods: readonly string[] = ['GET', 'POST']): FunctionSpec {
  return {
    path,
    file: `${path.slice(1)}.ts`,
    runtime: 'node',
    methods,
    code: '',
    maxDurationS: 10,
    memoryMb: 256,
  };
}

const router = new Router([
  spec('/api/[any]/[thing]'),
  spec('/api/items/[id]'),
  spec('/api/items/new', ['POST']),
  spec('/api/items'),
  spec('/api/hello'),
  spec('/api/[id]/parts'),
]);

/** The path of the function and what it is given, or the code of the miss. */
function routed(pathname: string, method = 'GET'): unknown {
  const result = router.route(method, pathname);
  return 'code' in result ? result.code : [result.spec.path, result.params];
}

describe('a path leads to one function', () => {
  test.each([
    ['/api/hello', ['/api/hello', {}]],
    ['/api/items', ['/api/items', {}]],
    ['/api/items/42', ['/api/items/[id]', { id: '42' }]],
    ['/api/items/caf%C3%A9%20au%20lait', ['/api/items/[id]', { id: 'café au lait' }]],
    ['/api/7/parts', ['/api/[id]/parts', { id: '7' }]],
    ['/api/a/b', ['/api/[any]/[thing]', { any: 'a', thing: 'b' }]],
    ['/api/hell%6F', ['/api/hello', {}]],
    ['/api/nothing', 'function-not-found'],
    ['/api/hello/', ['/api/hello', {}]],
    ['/api/7/parts/', ['/api/[id]/parts', { id: '7' }]],
    ['/api/items/42/', 'function-not-found'],
    ['/api', 'function-not-found'],
    ['/', 'function-not-found'],
  ])('%s', (pathname, expected) => {
    expect(routed(pathname)).toEqual(expected);
  });

  test('the exact name wins over a dynamic segment, even if it does not answer the method', () => {
    expect(routed('/api/items/new', 'POST')).toEqual(['/api/items/new', {}]);
    expect(router.route('GET', '/api/items/new')).toEqual({
      code: 'method-not-allowed',
      allow: ['POST'],
    });
  });
});

describe('a path that could be read in two ways leads nowhere', () => {
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
    '/api/_lib/secret',
    '/api/items/_42',
    '/api/items/%5F42',
    '/api/items/.env',
    'api/hello',
    '',
    'http://elsewhere/api/hello',
  ])('%j', (pathname) => {
    expect(routed(pathname)).toBe('function-not-found');
  });

  test('whatever is asked for, a value holds no slash and does not start hidden', () => {
    const awkward = fc.stringMatching(/^(\/|%2[eEfF]|%5[cC]|\.|_|%|a|%00)*$/);
    fc.assert(
      fc.property(awkward, (tail) => {
        const result = router.route('GET', `/api/items/${tail}`);
        if ('code' in result) return;
        for (const value of Object.values(result.params)) {
          expect(value).not.toMatch(/^[_.]|[/\\\0]/);
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
