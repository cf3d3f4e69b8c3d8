import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLab } from './check-lab.ts';
import { SMALL_LAB, smallProject, type SmallProject } from './fixtures/small-lab.ts';
import { readLab } from './lab-folder.ts';
import { labHash } from './proof.ts';

/** A lab that imports the small one. */
const USER = 'lesson/fourfold';
const FILES: Readonly<Record<string, string>> = {
  'lab.yaml': `title: Fourfold
kind: write
language: [typescript, python]
where: [terminal]
minutes: { first light: 1, contract: 1 }
task: Double twice.
uses: ${SMALL_LAB}
entry: [fourfold]
`,
  'check.ts': `import { contract } from '#faas/labs/lab-check.ts';

export default [
  contract('doubles twice', async (lab) => {
    const { value } = await lab.run(['fourfold', 3]);
    lab.same(value, 12, { what: 'four times three' });
  }),
];
`,
  'start.ts': 'export function fourfold() { return 0; }\n',
  'start.py': 'def fourfold(number):\n    return 0\n',
  'solution.ts': `import { double } from './double.ts';
export function fourfold(number: number): number { return double(double(number)); }
`,
  'solution.py': `from double import double


def fourfold(number):
    return double(double(number))
`,
};

let project: SmallProject;
const said: string[] = [];
beforeEach(() => {
  project = smallProject();
  said.length = 0;
  for (const [file, text] of Object.entries(FILES)) {
    write(`src/content/labs/${USER}/${file}`, text);
  }
});
afterEach(() => project.close());

function write(file: string, text: string): void {
  const path = join(project.root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function passes(file: string): Promise<boolean> {
  const onUsed = (says: string): void => void said.push(says);
  const verdicts = await checkLab(project.root, { id: USER, file, onUsed });
  return verdicts.every(({ passed }) => passed);
}

test('the solution of the earlier lab is imported where the reader has no code of it', async () => {
  write('api/lab/fourfold.ts', FILES['solution.ts'] ?? '');
  expect(await passes('api/lab/fourfold.ts')).toBe(true);
  expect(said).toEqual(["It imports the course's double."]);
});

test('the reader’s own code is imported where it holds its contract', async () => {
  write('api/lab/fourfold.ts', FILES['solution.ts'] ?? '');
  write(
    'api/lab/double.ts',
    'const MOST = 100; // parameter: most\nexport const double = (a: number) => Math.min(MOST, a + a);\n',
  );
  expect(await passes('api/lab/fourfold.ts')).toBe(true);
  expect(said).toEqual(['It imports your own api/lab/double.ts.']);
});

test('the reader’s own code is not imported while it fails, and that is said', async () => {
  write('api/lab/fourfold.ts', FILES['solution.ts'] ?? '');
  write('api/lab/double.ts', 'export const double = (a: number) => a + 2;\n');
  expect(await passes('api/lab/fourfold.ts')).toBe(true);
  expect(said).toEqual([
    "It imports the course's double, since api/lab/double.ts does not hold its contract yet.",
  ]);
});

test('the same holds in Python', async () => {
  write(
    `src/content/labs/${SMALL_LAB}/solution.py`,
    'def double(number):\n    return 2 * number\n',
  );
  write('api/py/lab/fourfold.py', FILES['solution.py'] ?? '');
  expect(await passes('api/py/lab/fourfold.py')).toBe(true);
});

test('a lab is proved anew when the solution that it imports has changed', () => {
  const before = labHash(project.root, readLab(project.root, USER));
  project.edit('solution.ts', '2 * number', 'number + number');
  expect(labHash(project.root, readLab(project.root, USER))).not.toBe(before);
});
