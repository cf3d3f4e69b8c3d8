import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TabFunction } from '../api.ts';
import { scanFunctions } from '../project/functions.ts';
import type { PlatformFile } from '../project/platform-file.ts';
import type { FunctionSpec } from '../core/function.ts';
import { isInTab, writeTabModules } from './tab-modules.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tab-'));
  mkdirSync(join(root, 'api/_lib'), { recursive: true });
  mkdirSync(join(root, 'api/items'));
  writeFileSync(join(root, 'api/_lib/words.ts'), `export const word: string = 'shared';`);
});

afterEach(() => rmSync(root, { recursive: true }));

const source = (answer: string, head = '') =>
  `${head}\nexport default {\n  fetch(request: Request): Response {\n    return new Response(${answer});\n  },\n};\n`;

const bundle = (file: Partial<PlatformFile> = {}) =>
  writeTabModules(
    root,
    scanFunctions(root),
    {
      grants: {},
      twins: {},
      revisions: {},
      plans: {},
      keys: {},
      rules: {},
      triggers: {},
      schedules: {},
      ...file,
    },
    { dist: join(root, 'dist'), base: '/course/' },
  );

const listed = (): TabFunction[] =>
  JSON.parse(readFileSync(join(root, 'dist/_tab/functions.json'), 'utf8')) as TabFunction[];

test('a function becomes one module, which answers as the file does', async () => {
  writeFileSync(
    join(root, 'api/items/[id].ts'),
    source('word + request.url', `import { word } from '../_lib/words.ts';`),
  );
  await bundle();

  const [entry] = listed();
  expect(entry).toMatchObject({ route: '/api/items/[id]', file: 'api/items/[id].ts' });
  expect(entry?.module).toMatch(/^\/course\/_tab\/api\/items\/\[id\]\.[0-9a-f]{8}\.js$/);
  const file = entry?.module?.replace('/course/', 'dist/') ?? '';
  const code = readFileSync(join(root, file), 'utf8');
  expect(code).not.toContain('import');
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as { default: { fetch(request: Request): Response } };
  const answer = module.default.fetch(new Request('http://localhost/api/items/1'));
  expect(await answer.text()).toBe('sharedhttp://localhost/api/items/1');
});

test('the URL of a module changes with what it imports', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('word', `import { word } from './_lib/words.ts';`));
  await bundle();
  const before = listed();
  writeFileSync(join(root, 'api/_lib/words.ts'), `export const word = 'changed';`);
  await bundle();
  expect(listed()[0]?.code).toBe(before[0]?.code);
  expect(listed()[0]?.module).not.toBe(before[0]?.module);
});

test('a function that signs people in is listed without a module: a tab sets no cookie', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1'));
  await bundle({ grants: { '/api/a': ['session'] } });
  expect(listed()[0]?.module).toBeNull();
});

test('the rules of the front door go with the functions', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1'));
  const rules = { '/api/a': { throttle: { rate: 1, burst: 2 } } };
  await bundle({ grants: { '/api/a': ['store'] }, rules });
  const written: unknown = JSON.parse(readFileSync(join(root, 'dist/_tab/rules.json'), 'utf8'));
  expect(written).toEqual({ plans: {}, keys: {}, rules });
});

test('what a function may call, and what stands in for it, is known before it is loaded', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1'));
  writeFileSync(join(root, 'api/b.py'), 'class handler(B):\n    def do_GET(self):\n        pass\n');
  await bundle({ grants: { '/api/a': ['store', 'call:/api/b'] }, twins: { '/api/b': '/api/a' } });
  expect(listed().map(({ calls, twin }) => [calls, twin])).toEqual([
    [['/api/b'], null],
    [[], '/api/a'],
  ]);
});

test('a function that needs a server is listed without a module', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1'));
  writeFileSync(join(root, 'api/b.py'), 'class handler(B):\n    def do_GET(self):\n        pass\n');
  writeFileSync(join(root, 'api/c.ts'), source('arch()', `import { arch } from 'node:os';`));
  await bundle();
  expect(listed().map(({ name, module }) => [name, module !== null])).toEqual([
    ['/api/a', true],
    ['/api/b', false],
    ['/api/c', false],
  ]);
});

test('a function that cannot be bundled stops the build, by name', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1', `import './_lib/missing.ts';`));
  await expect(bundle()).rejects.toThrow(/api\/a\.ts could not be bundled.*missing/s);
});

test('a route has one revision in a tab, the one that most of its calls go to', async () => {
  writeFileSync(join(root, 'api/a.ts'), source('1'));
  const [spec] = scanFunctions(root);
  const of = (revision: string): FunctionSpec => ({ ...(spec as FunctionSpec), revision });
  const shares = [
    { revision: 'old', weight: 10 },
    { revision: 'new', weight: 90 },
  ];
  const file = { grants: {}, revisions: { '/api/a': { shares } } } as unknown as PlatformFile;
  const kept = [of('old'), of('new')].filter((one) => isInTab(one, file));
  expect(kept.map(({ revision }) => revision)).toEqual(['new']);
});
