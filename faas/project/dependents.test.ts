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
  for (const folder of ['api/_lib', 'api/deep']) mkdirSync(join(root, folder), { recursive: true });
  const files = {
    'api/_lib/inner.ts': `import '../deep/b.ts';`,
    'api/_lib/outer.ts': `export { one } from './inner.ts';`,
    'api/_lib/shared.py': '',
    'api/a.ts': `import { one } from './_lib/outer.ts';\nimport './_lib/missing.ts';\n${handler}`,
    'api/deep/b.ts': `const x = () => import('../_lib/outer.ts');\n${handler}`,
    'api/c.ts': handler,
    'api/p.py': python,
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
])('a change of %s makes %j old', ([changed, paths]) => {
  const found = dependents(root, scanFunctions(root), changed);
  expect(found.map(({ name }) => name)).toEqual(paths);
});
