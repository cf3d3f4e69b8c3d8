import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SMALL_LAB, smallProject, type SmallProject } from './fixtures/small-lab.ts';
import { readLab } from './lab-folder.ts';
import { proveAndKeep, proveLab } from './prove-lab.ts';
import { isProved, readProof } from './proof.ts';

let project: SmallProject;
beforeEach(() => {
  project = smallProject();
});
afterEach(() => project.close());

test('a lab whose mutants are all caught is proved, and its proof tells how they fail', async () => {
  const { problems, proof } = await proveAndKeep(project.root, SMALL_LAB);
  expect(problems).toEqual([]);
  const lab = readLab(project.root, SMALL_LAB);
  expect(isProved(project.root, lab)).toBe(true);
  expect(readProof(project.root, lab)).toEqual(proof);
  expect(proof?.start).toEqual({
    typescript: ['doubles two', 'doubles any number', 'answers at most the limit'],
  });
  expect(proof?.mutants).toEqual({
    'adds-two': { typescript: ['doubles any number'] },
    'has-no-limit': { typescript: ['answers at most the limit'] },
  });
  expect(proof?.findings).toEqual({
    'adds-two': { typescript: { what: 'twice seven', came: null } },
    'has-no-limit': { typescript: { what: 'twice a thousand', came: null } },
  });
  project.edit('lab.yaml', 'never more', 'never any more');
  expect(isProved(project.root, lab)).toBe(false);
});

test('a check that was broken by hand names the mutant that got away, and there is no proof', async () => {
  project.edit('check.ts', "['double', 7]", "['double', 2]");
  project.edit('check.ts', "14, { what: 'twice seven' }", "4, { what: 'twice two' }");
  const { problems, proof } = await proveLab(project.root, SMALL_LAB);
  expect(problems).toContainEqual(
    expect.stringMatching(/mutants\/adds-two\.ts got away from "doubles any number"/),
  );
  expect(proof).toBeNull();
});

test('a solution that fails, and a start that passes, are told', async () => {
  const { root } = project;
  const solution = readFileSync(join(root, 'src/content/labs', SMALL_LAB, 'solution.ts'), 'utf8');
  const start = readFileSync(join(root, 'src/content/labs', SMALL_LAB, 'start.ts'), 'utf8');
  project.edit('start.ts', start, solution);
  project.edit('solution.ts', '2 * number', '3 * number');
  const { problems } = await proveLab(root, SMALL_LAB);
  expect(problems).toContainEqual(expect.stringMatching(/The contract holds for the start/));
  expect(problems).toContainEqual(
    expect.stringMatching(/The solution fails "doubles two": expected twice two: 4, came 6/),
  );
});

test('code that knows nothing of the lab is kept as it fails, the untouched start too', async () => {
  const { proof } = await proveLab(project.root, SMALL_LAB);
  const all = ['doubles two', 'doubles any number', 'answers at most the limit'];
  expect(proof?.blanks).toEqual({
    typescript: [all.slice(1), all],
  });
});

test('a start that passes first light as it is needs a reason, and a reason needs such a start', async () => {
  project.edit('start.ts', 'return 0', 'return 4');
  const { problems } = await proveLab(project.root, SMALL_LAB);
  expect(problems).toEqual([
    expect.stringMatching(
      /untouched start passes first light\. Let one .* or say under `untouched`/,
    ),
  ]);
  project.edit('lab.yaml', 'entry:', 'untouched: It doubles two by chance.\nentry:');
  expect((await proveLab(project.root, SMALL_LAB)).problems).toEqual([]);
  project.edit('start.ts', 'return 4', 'return 0');
  expect((await proveLab(project.root, SMALL_LAB)).problems).toEqual([
    expect.stringMatching(/says why the untouched start passes .* it does not pass/),
  ]);
});

test('a name that no check has, and a mutant that nobody speaks of, are told', async () => {
  project.edit('lab.yaml', 'caught: doubles any number', 'caught: doubles all');
  project.edit('lab.yaml', 'has-no-limit:', 'forgets-the-limit:');
  const { problems } = await proveLab(project.root, SMALL_LAB);
  expect(problems).toContain(
    'lab.yaml names the check "doubles all" (adds-two), and check.ts has none.',
  );
  expect(problems).toContain(
    'lab.yaml names the mutant forgets-the-limit, and mutants/ has no such file.',
  );
});
