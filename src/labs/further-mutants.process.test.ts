import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SMALL_LAB, smallProject, type SmallProject } from './fixtures/small-lab.ts';
import { furtherMutants } from './further-mutants.ts';

let project: SmallProject;
beforeEach(() => {
  project = smallProject();
});
afterEach(() => project.close());

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(project.root, 'kept-back');
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

const body = (answer: string): string =>
  `export function double(number: number): number {\n  return ${answer};\n}\n`;

test('each wrong function is caught by the first check that fails it, or got away', async () => {
  const folder = folderOf({
    'a-third.ts': body('Math.min(100, 3 * number)'),
    'whole-numbers-only.ts': body('Math.min(100, 2 * Math.round(number))'),
  });
  expect(await furtherMutants(project.root, { id: SMALL_LAB, folder })).toEqual([
    { file: 'a-third.ts', caughtBy: 'doubles two' },
    { file: 'whole-numbers-only.ts', caughtBy: null },
  ]);
});

test('a test that a student wrote is held to them, once the right function passes it', async () => {
  const folder = folderOf({ 'a-third.ts': body('3 * number') });
  const write = (expected: number): void =>
    writeFileSync(
      join(project.root, `test-${expected}.ts`),
      `import { contract } from '#faas/labs/lab-check.ts';
export default [
  contract('doubles a half', async (lab) => {
    const { value } = await lab.run(['double', 0.5]);
    lab.same(value, ${expected}, { what: 'twice a half' });
  }),
];
`,
    );
  write(1);
  const order = { id: SMALL_LAB, folder, checks: 'test-1.ts' };
  expect(await furtherMutants(project.root, order)).toEqual([
    { file: 'a-third.ts', caughtBy: 'doubles a half' },
  ]);
  write(2);
  await expect(furtherMutants(project.root, { ...order, checks: 'test-2.ts' })).rejects.toThrow(
    /The right function fails "doubles a half" \(.*solution\.ts\)/,
  );
});

test('what cannot be held to anything is refused with what to give instead', async () => {
  const held = (change: object) =>
    furtherMutants(project.root, { id: SMALL_LAB, folder: join(project.root, 'no'), ...change });
  await expect(held({})).rejects.toThrow(/no is no folder. Give one with a file for each/);
  const folder = folderOf({ 'notes.txt': '' });
  await expect(held({ folder })).rejects.toThrow(/holds no file that ends in \.ts or \.py/);
  writeFileSync(join(folder, 'adds.py'), '');
  await expect(held({ folder })).rejects.toThrow(
    /adds\.py is in python, and lesson\/double is in typescript\. Take it out/,
  );
  writeFileSync(join(project.root, 'empty.ts'), 'export default [];');
  const right = join(project.root, 'src/content/labs', SMALL_LAB, 'mutants');
  await expect(held({ folder: right, checks: 'gone.ts' })).rejects.toThrow(/gone\.ts is not there/);
  await expect(held({ folder: right, checks: 'empty.ts' })).rejects.toThrow(/no list of checks/);
  await expect(held({ folder: right, checks: '../x.ts' })).rejects.toThrow(
    /outside of this project/,
  );
});
