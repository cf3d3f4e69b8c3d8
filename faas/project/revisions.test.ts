import { expect, it, onTestFinished } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeMistake, readFunctions } from './functions.ts';
import { KnownMethods } from './known-methods.ts';
import { readRevisions, type ProjectRevisions } from './revisions.ts';

const HANDLER = 'export default { fetch: () => new Response("ok") };';

/** A project with one function, and what its canary's file holds; null for no file. */
function read(canary: string | null): ProjectRevisions {
  const root = mkdtempSync(join(tmpdir(), 'revisions-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('api/hello.ts', HANDLER);
  write('api/other.ts', HANDLER);
  if (canary !== null) write('api/_revisions/hello.ts', canary);
  const { functions } = readFunctions(root);
  const shares = [
    { revision: 'steady', weight: 90 },
    { revision: 'canary', weight: 10, tag: 'new', file: 'api/_revisions/hello.ts' },
  ];
  return readRevisions(root, functions, { '/api/hello': { shares } }, new KnownMethods());
}

it('a revision has name, route and limits of its function, and a file of its own', () => {
  const { functions, splits, mistakes } = read('export const GET = () => new Response("new");');
  expect(mistakes).toEqual([]);
  expect(functions.map(({ name, revision, file }) => `${name} ${revision} ${file}`)).toEqual([
    '/api/hello steady api/hello.ts',
    '/api/hello canary api/_revisions/hello.ts',
    expect.stringMatching(/^\/api\/other [0-9a-f]{8} api\/other.ts$/),
  ]);
  const [steady, canary] = functions;
  expect(canary).toMatchObject({ route: steady?.route, memoryMb: steady?.memoryMb });
  expect(canary?.methods).toEqual(['GET']);
  expect(canary?.code).not.toBe(steady?.code);
  expect(splits).toEqual({
    '/api/hello': {
      by: 'caller',
      revisions: [
        { revision: 'steady', weight: 90 },
        { revision: 'canary', weight: 10, tag: 'new' },
      ],
    },
  });
});

it.each([
  ['a file that is not there', null, 'is not there. Write it, or take its revision'],
  ['a file without a handler', 'export const a = 1;', 'holds no handler.'],
  ['a file that is no code', 'export default {', 'cannot be read as code'],
])('%s is told, keeps its place, and leaves the other revision alone', (_what, text, told) => {
  const { functions, mistakes } = read(text);
  expect(functions.map(({ revision }) => revision).slice(0, 2)).toEqual(['steady', 'canary']);
  expect(mistakes.map(describeMistake)).toEqual([expect.stringContaining(told)]);
  expect(mistakes[0]).toMatchObject({ file: 'api/_revisions/hello.ts', spec: functions[1] });
});
