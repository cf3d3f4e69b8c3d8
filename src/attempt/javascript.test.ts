import { expect, test } from 'vitest';
import { importsIn, stripFault, syntaxFault, toJavaScript, withoutImports } from './javascript.ts';

const faultOf = (code: string) => {
  const stripped = toJavaScript(code);
  return 'fault' in stripped ? stripped.fault : null;
};

test('types are taken away, and every line stays where it was', () => {
  const code =
    'interface A {\n  b: string;\n}\nexport const a: A = { b: "c" };\nlet d = a as unknown;';
  const stripped = toJavaScript(code);
  expect(stripped).toHaveProperty('code');
  const lines = 'code' in stripped ? stripped.code.split('\n') : [];
  expect(lines[3]).toMatch(/export const a\s*= { b: "c" };/);
  expect(lines[4]).toMatch(/let d = a\s*;/);
});

test.each([
  ['enum Colour { Red }', /enum is not only a type/],
  ['let a = 1;\nnamespace A { export const b = 1; }', /namespace would have/],
  ['class A { constructor(private b: string) {} }', /parameter with private/],
  ['import { a } from "./b.ts";', /nothing can be imported/],
])('%s is refused, with the reason', (code, reason) => {
  expect(faultOf(code)?.message).toMatch(reason);
});

test('an import of a type alone is a type', () => {
  expect(faultOf('import type { A } from "./a.ts";\nlet a: A;')).toBeNull();
});

test('a mistake is told at its line', () => {
  expect(faultOf('const a = 1;\nconst b = ;\nconst c = 2;')).toMatchObject({ line: 2 });
  expect(faultOf('const a = 1;\nconst b = ;')?.message).toMatch(/cannot be read from ; on/);
});

test('a bracket that is never closed is named with its line', () => {
  const code = 'export default {\n  fetch() {\n    return 1;\n';
  expect(syntaxFault(code)?.message).toBe('The code ends, and the { of line 2 is still open.');
});

test('code without a mistake has none', () => {
  expect(syntaxFault('export default { fetch: (): Response => new Response("a") };')).toBeNull();
});

test('what a lab may import stays as it is written, and nothing else can be imported', () => {
  const code = "import { bill } from './bill.ts';\nexport const a: number = bill(1);";
  expect(toJavaScript(code, ['./bill.ts'])).toMatchObject({
    code: expect.stringContaining("import { bill } from './bill.ts';"),
  });
  const strange = toJavaScript(`\n${code.replace('bill.ts', 'other.ts')}`, ['./bill.ts']);
  expect(strange).toMatchObject({
    fault: { line: 2, message: expect.stringMatching(/Only \.\/bill\.ts can be imported/) },
  });
});

test('a lab that may import from several is told of all of them', () => {
  const code = "import { allow } from './allow.ts';\nimport { b } from './b.ts';";
  expect(toJavaScript(code, ['./allow.ts', './bill.ts'])).toMatchObject({
    fault: { line: 2, message: expect.stringMatching(/Only \.\/allow\.ts, \.\/bill\.ts can/) },
  });
});

test('each import is taken from the module that it names', () => {
  const code = "import { a } from './a.ts';\nimport { b } from './b.ts';";
  expect(withoutImports(code, (specifier) => `of['${specifier}']`)).toBe(
    "const { a } = of['./a.ts'];\nconst { b } = of['./b.ts'];",
  );
});

test('an import is found with what it imports and where it stands', () => {
  const code = 'import type { A } from "./a.ts";\nimport { b } from "./b.ts";\nb;';
  expect(importsIn(code)).toEqual([{ specifier: './b.ts', clause: '{ b }', from: 33, to: 60 }]);
});

test.each([
  ["import { bill } from './bill.ts';\nbill();", 'const { bill } = used;\nbill();'],
  ["import { bill as of } from './bill.ts';", 'const { bill : of } = used;'],
  ["import * as lab from './bill.ts';", 'const lab = used;'],
  ["import bill from './bill.ts';", 'const { default: bill } = used;'],
  ["import {\n  bill,\n} from './bill.ts';\nbill();", 'const {\n  bill,\n} = used;\nbill();'],
  ['const a = 1;', 'const a = 1;'],
])('%j takes its imports out of a value, line by line', (code, taken) => {
  expect(withoutImports(code, () => 'used')).toBe(taken);
});

test('in a terminal an import is no mistake, and an enum is one', () => {
  expect(stripFault('import { a } from "./b.ts";')).toBeNull();
  expect(stripFault('let a = 1;\nenum B { C }')).toMatchObject({ line: 2 });
});
