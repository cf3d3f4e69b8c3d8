import { expect, test } from 'vitest';
import { MdxSource } from '../src/authoring/mdx-source.ts';
import { SourceFile } from '../src/errors/source-file.ts';
import { demoCases } from './demo-cases.ts';

function casesOf(
  text: string,
  grants: Record<string, string[]> = {},
): ReturnType<typeof demoCases> {
  const mdx = new MdxSource(new SourceFile('lesson.mdx', text));
  return demoCases({ lessons: [{ slug: 'a', number: 1, mdx, data: {} }] }, grants);
}

test('a demo in two languages makes two calls, with its query', () => {
  const cases = casesOf('<Demo id="a" fn="/api/hello" python="/api/py/hello" query="name=Ada" />');
  expect(cases.map(({ call }) => call.url)).toEqual([
    '/api/hello?name=Ada',
    '/api/py/hello?name=Ada',
  ]);
  expect(cases.map(({ expect: expected }) => expected.status)).toEqual([[200], [200]]);
});

test('method, path, body, type and the statuses that its author allows are taken over', () => {
  const demo = `<Demo id="a" fn="/api/items/[id]" path="/api/items/forty" method="POST"
    body='{"a": 1}' type="application/json" expect={[400, 404]} />`;
  expect(casesOf(demo)).toEqual([
    {
      function: '/api/items/[id]',
      call: { method: 'POST', url: '/api/items/forty', body: '{"a": 1}', type: 'application/json' },
      expect: { status: [400, 404] },
    },
  ]);
});

test('the same call of two demos is made once', () => {
  expect(
    casesOf('<Demo id="a" fn="/api/a" />\n\n<Demo id="b" fn="/api/a" calls={10} />'),
  ).toHaveLength(1);
});

test('a function that wants connections may say that there are none, and no other', () => {
  const demos = '<Demo id="a" fn="/api/book" />\n\n<Demo id="b" fn="/api/hello" />';
  const cases = casesOf(demos, { '/api/book': ['store:direct'], '/api/hello': ['store'] });
  expect(cases.map(({ expect: expected }) => expected.status)).toEqual([[200, 400, 503], [200]]);
});
