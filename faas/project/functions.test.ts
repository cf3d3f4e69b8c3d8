import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { describeMistake, LAB_FOLDERS, readFunctions, scanFunctions } from './functions.ts';
import { METHODS } from './methods.ts';

const FETCH = 'export default { fetch() { return new Response() } };';
const roots: string[] = [];

/** Writes a project to disk, from its files' paths and texts. */
function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'functions-'));
  roots.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

test('one file is one function at one URL', () => {
  const root = project({
    'api/a/b.ts': FETCH,
    'api/a/index.ts': FETCH,
    'api/index.js': FETCH,
    'api/items/[id].ts': FETCH,
    'api/py/x.py': 'class handler(BaseHTTPRequestHandler):\n    def do_GET(self):\n        pass\n',
  });
  expect(scanFunctions(root).map(({ route, file, runtime }) => [route, file, runtime])).toEqual([
    ['/api', 'api/index.js', 'node'],
    ['/api/a', 'api/a/index.ts', 'node'],
    ['/api/a/b', 'api/a/b.ts', 'node'],
    ['/api/items/[id]', 'api/items/[id].ts', 'node'],
    ['/api/py/x', 'api/py/x.py', 'python'],
  ]);
});

test('files that start with _ or . are no functions, nor are types and other files', () => {
  const root = project({
    'api/_lib/shared.ts': 'export const one = 1;',
    'api/_tests/a.test.ts': 'nothing',
    'api/.hidden.ts': FETCH,
    'api/a/_b.ts': FETCH,
    'api/types.d.ts': 'export type A = 1;',
    'api/README.md': '# api',
    'api/node_modules/p/index.js': FETCH,
    'api/a.ts': FETCH,
  });
  expect(scanFunctions(root).map(({ route }) => route)).toEqual(['/api/a']);
});

test('the code is the SHA-256 of the file as it stands', () => {
  const root = project({ 'api/a.ts': FETCH });
  expect(scanFunctions(root)[0]?.code).toBe(createHash('sha256').update(FETCH).digest('hex'));
});

test('methods are read from the exports, and a fetch handler takes them all', () => {
  const root = project({
    'api/all.ts': FETCH,
    'api/named.ts':
      '// export function PUT() {}\nexport async function POST() {}\nexport const GET = () => new Response();\n',
    'api/list.ts': 'const a = () => new Response();\nexport { a as DELETE, a as GET };\n',
    'api/py.py':
      'class handler(BaseHTTPRequestHandler):\n    def do_POST(self):\n        pass\n    def do_GET(self):\n        pass\n',
  });
  expect(Object.fromEntries(scanFunctions(root).map((f) => [f.name, f.methods]))).toEqual({
    '/api/all': [...METHODS],
    '/api/list': ['GET', 'DELETE'],
    '/api/named': ['GET', 'POST'],
    '/api/py': ['GET', 'POST'],
  });
});

test('limits come from the first matching pattern of vercel.json, else the defaults', () => {
  const root = project({
    'api/items/[id].ts': FETCH,
    'api/slow.ts': FETCH,
    'api/other.js': FETCH,
    'vercel.json': JSON.stringify({
      functions: {
        'api/items/[id].ts': { memory: 512 },
        'api/slow.*': { maxDuration: 60 },
        'api/**/*.ts': { maxDuration: 5, memory: 128 },
      },
    }),
  });
  expect(
    Object.fromEntries(scanFunctions(root).map((f) => [f.name, [f.maxDurationS, f.memoryMb]])),
  ).toEqual({
    '/api/items/[id]': [10, 512],
    '/api/other': [10, 256],
    '/api/slow': [60, 256],
  });
});

test.for<[string, Record<string, string>, RegExp]>([
  [
    'two files for one URL',
    { 'api/a.ts': FETCH, 'api/a/index.ts': FETCH },
    /api\/a\/index\.ts and api\/a\.ts would both answer \/api\/a\. .*rename/,
  ],
  [
    'a Python file beside a TypeScript file of its name',
    { 'api/a.ts': FETCH, 'api/a.py': 'class handler(B):\n  def do_GET(self): pass' },
    /would both answer \/api\/a\b/,
  ],
  [
    'two names for one dynamic segment',
    { 'api/[a].ts': FETCH, 'api/[b].ts': FETCH },
    /would both answer/,
  ],
  [
    'a file without a handler',
    { 'api/a.ts': 'export const one = 1;' },
    /api\/a\.ts holds no handler\. Expected `export default/,
  ],
  [
    'a pattern that is for no file',
    { 'api/a.ts': FETCH, 'vercel.json': '{"functions":{"api/*.py":{}}}' },
    /functions\["api\/\*\.py"\], which is for no file/,
  ],
  [
    'a limit that is no number',
    { 'api/a.ts': FETCH, 'vercel.json': '{"functions":{"api/*.ts":{"maxDuration":"10s"}}}' },
    /maxDuration is "10s"\. Expected a whole number from 1 to 900/,
  ],
  ['a project without functions', { 'vercel.json': '{}' }, /api cannot be read: .*create it/],
  [
    'a vercel.json that is not JSON',
    { 'api/a.ts': FETCH, 'vercel.json': '{' },
    /vercel\.json is not JSON/,
  ],
])('%s is refused with its cure', ([, files, message]) => {
  expect(() => scanFunctions(project(files))).toThrow(message);
});

const HANDLER = 'class handler(BaseHTTPRequestHandler):\n';
const ALL = METHODS.join(' ');

test.for<[string, string, string, string]>([
  [
    'a name bound by a pattern',
    'a.ts',
    'export const { GET, a: POST } = { GET() {}, a() {} };',
    'GET POST',
  ],
  ['a comment before the default', 'a.ts', 'export /* the handler */ default { fetch() {} };', ALL],
  ['an indented export', 'a.ts', '  export function GET() {}', 'GET'],
  [
    'an export that is commented out',
    'a.ts',
    '/*\nexport default {}\n*/\nexport function PUT() {}',
    'PUT',
  ],
  [
    'an export inside of a text',
    'a.ts',
    'const a = `\nexport default {}\n`;\nexport { a as PUT };',
    'PUT',
  ],
  ['a byte order mark', 'a.ts', `\uFEFF${FETCH}`, ALL],
  [
    'lines that end as on Windows',
    'a.ts',
    'export function GET() {}\r\nexport function PUT() {}\r\n',
    'GET PUT',
  ],
  [
    'an assigned method',
    'a.py',
    `${HANDLER}  def do_GET(self): pass\n  do_POST = do_GET\n`,
    'GET POST',
  ],
  [
    'a method in a comment',
    'a.py',
    `${HANDLER}  # def do_PUT(self): pass\n  def do_GET(self): pass\n`,
    'GET',
  ],
  [
    'a method in a text',
    'a.py',
    `"""\n  def do_PUT(self): pass\n"""\n${HANDLER}  def do_GET(self): pass\n`,
    'GET',
  ],
  ['a base of another file', 'a.py', 'class handler(Base):\n  pass\n', ALL],
  ['a handler of another file', 'a.py', 'from _lib.base import handler\n', ALL],
])('methods are read past %s', ([, name, source, methods]) => {
  const root = project({ [`api/${name}`]: source });
  expect(scanFunctions(root)[0]?.methods.join(' ')).toBe(methods);
});

test('the exports of another file count where all of it is re-exported', () => {
  const root = project({
    'api/a.ts': `export * from './_lib/b.ts';`,
    'api/_lib/b.ts': `export * from '../a.ts';\nexport function GET() {}\nexport default 1;`,
  });
  expect(scanFunctions(root)[0]?.methods).toEqual(['GET']);
});

test('a wrong file is one mistake, and the other files are still functions', () => {
  const root = project({
    'api/a.ts': FETCH,
    'api/b.ts': 'export const one = 1;',
    'api/c.js': `const a = 1;\nexport default { fetch( };`,
    'api/d.ts': `const a = 1;\n\nconst b: = 1;`,
  });
  const { functions, mistakes } = readFunctions(root);
  expect(functions.map(({ name }) => name)).toEqual(['/api/a']);
  expect(mistakes.map(({ file, line }) => [file, line])).toEqual([
    ['api/b.ts', 1],
    ['api/c.js', 2],
    ['api/d.ts', 3],
  ]);
  expect(mistakes.map(describeMistake)[1]).toMatch(/^api\/c\.js:2 cannot be read as code: /);
});

test.skipIf(process.platform === 'win32')(
  'a link is followed into the project, and one that leads elsewhere is told',
  () => {
    const root = project({ 'shared/inside.ts': FETCH, 'api/a.ts': FETCH });
    const outside = project({ 'outside.ts': FETCH });
    symlinkSync('../shared/inside.ts', join(root, 'api/inside.ts'));
    symlinkSync(join(outside, 'outside.ts'), join(root, 'api/outside.ts'));
    symlinkSync('nowhere.ts', join(root, 'api/dead.ts'));
    const { functions, mistakes } = readFunctions(root);
    expect(functions.map(({ name }) => name)).toEqual(['/api/a', '/api/inside']);
    expect(mistakes.map(describeMistake)).toEqual([
      expect.stringMatching(/^api\/dead\.ts is a link to nowhere\.ts, which is no file of this/),
      expect.stringMatching(/^api\/outside\.ts is a link to .*outside\.ts, .* copy the file into/),
    ]);
  },
);

test('what a reader writes in a lab is no function of the project, and is served where it is asked for', () => {
  const root = project({
    'api/hello.ts': FETCH,
    'api/lab/shout.ts': FETCH,
    'api/lab/place.ts': 'export function place() { return 1; }',
    'api/py/lab/shout.py':
      'class handler(BaseHTTPRequestHandler):\n    def do_GET(self):\n        pass\n',
  });
  const { functions, mistakes } = readFunctions(root);
  expect(functions.map(({ name }) => name)).toEqual(['/api/hello']);
  expect(mistakes).toEqual([]);
  const withLabs = readFunctions(root, 'api', { labs: true });
  expect(withLabs.functions.map(({ name }) => name)).toEqual([
    '/api/hello',
    '/api/lab/shout',
    '/api/py/lab/shout',
  ]);
  expect(withLabs.mistakes).toEqual([]);
});

test.each(['.gitignore', '.vercelignore'])(
  '%s leaves out what a reader writes in a lab',
  (file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toEqual(expect.arrayContaining(LAB_FOLDERS.map((folder) => `/api/${folder}/`)));
  },
);
