import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dependents } from './dependents.ts';
import { scanFunctions } from './functions.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dependents-'));
  const handler = 'export default { fetch() { return new Response() } };';
  const python = 'class handler(B):\n    def do_GET(self):\n        pass\n';
  for (const folder of ['api/_lib', 'api/deep', 'data'])
    mkdirSync(join(root, folder), { recursive: true });
  const files = {
    'api/_lib/inner.ts': `import '../deep/b.ts';`,
    'api/_lib/outer.ts': `export { one } from './inner.ts';`,
    'api/_lib/shared.py': '',
    'api/a.ts': `import { one } from './_lib/outer.ts';\nimport './_lib/missing.ts';\n${handler}`,
    'api/deep/b.ts': `const x = () => import('../_lib/outer.ts');\n${handler}`,
    'api/c.ts': handler,
    'api/d.ts': `import { table } from '../data/table.ts';\nimport rates from '../data/rates.json' with { type: 'json' };\n${handler}`,
    'data/table.ts': `readFileSync('data/table.csv');`,
    'api/_lib/read.py': 'open("data/names.txt")',
    'api/p.py': `open('data/words.txt')\n${python}`,
    'api/q.py': python,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
});

afterAll(() => rmSync(root, { recursive: true }));

test.for<[string, string[]]>([
  ['api/_lib/outer.ts', ['/api/a', '/api/deep/b']],
  ['api/_lib/inner.ts', ['/api/a', '/api/deep/b']],
  ['api/_lib/missing.ts', ['/api/a']],
  ['api/c.ts', ['/api/c']],
  ['api/_lib/shared.py', ['/api/p', '/api/q']],
  ['api/p.py', ['/api/p']],
  ['api/_lib/unused.ts', []],
  ['data/table.ts', ['/api/d']],
  ['data/rates.json', ['/api/d']],
  ['data/table.csv', ['/api/d']],
  ['data/words.txt', ['/api/p']],
  ['data/names.txt', ['/api/p', '/api/q']],
  ['data/other.json', []],
  ['src/content/lessons/one.mdx', []],
])('a change of %s makes %j old', ([changed, paths]) => {
  const found = dependents(root, scanFunctions(root), changed);
  expect(found.map(({ name }) => name)).toEqual(paths);
});
