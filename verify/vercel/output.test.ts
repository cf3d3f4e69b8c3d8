import { afterEach, beforeEach, expect, test } from 'vitest';
import { MadeOutput } from './fixtures/made-output.ts';
import { Output } from './output.ts';

let made: MadeOutput;
let output: Output;

beforeEach(() => {
  made = new MadeOutput();
  output = new Output(made.folder);
});
afterEach(() => made.remove());

test('each .func folder is a function, known by its path', () => {
  expect([...output.functions.keys()].sort()).toEqual(['/api/hello', '/api/items/[id]']);
});

test('a dynamic segment finds its function and arrives in the query', () => {
  const found = output.resolve('/api/items/42?full=1');
  expect(found).toMatchObject({
    kind: 'function',
    function: { path: '/api/items/[id]' },
    url: '/api/items/42?full=1&id=42',
  });
});

test('an address of no function is a status where a route says so, else a file', () => {
  expect(output.resolve('/api/other')).toEqual({ kind: 'status', status: 404 });
  expect(output.resolve('/')).toEqual({ kind: 'file' });
  expect(output.resolve('/nothing')).toEqual({ kind: 'file' });
});

test('headers come from the routes that match', () => {
  expect(output.headers('/_astro/a.js?v=1')).toEqual({ 'cache-control': 'immutable' });
  expect(output.headers('/')).toEqual({});
});

test('a config of another version is refused', () => {
  made.write('config.json', '{"version":2}');
  expect(() => new Output(made.folder)).toThrow('version');
});
