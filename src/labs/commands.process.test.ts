import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkEach, csvOf } from './each-submission.ts';
import { SMALL_LAB, smallProject, type SmallProject } from './fixtures/small-lab.ts';
import { readLab } from './lab-folder.ts';
import { writeProof, type LabProof } from './proof.ts';
import { proveLab, type ProofResult } from './prove-lab.ts';
import { askAbout } from './question.ts';

const CLI = join(process.cwd(), 'src/labs/cli.ts');

let project: SmallProject;
beforeEach(() => {
  project = smallProject();
});
afterEach(() => project.close());

function lab(...args: string[]): { status: number | null; out: string; error: string } {
  const flags = ['--disable-warning=ExperimentalWarning'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, CLI, ...args], {
    cwd: project.root,
    encoding: 'utf8',
  });
  return { status, out: stdout, error: stderr };
}

function code(name: string): string {
  return readFileSync(join(project.root, 'src/content/labs', SMALL_LAB, name), 'utf8');
}

let proving: Promise<ProofResult> | null = null;

/** Puts its proof beside the lab, whose files are those of every test that wants one. */
async function prove(): Promise<void> {
  proving ??= proveLab(project.root, SMALL_LAB);
  const { proof } = await proving;
  writeProof(project.root, readLab(project.root, SMALL_LAB), proof as LabProof);
}

/** Writes files into a folder of the project. */
function submissions(files: Record<string, string>): string {
  const folder = join(project.root, 'handed-in');
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

test('a start is put down once, checked as it is, and never written over', () => {
  const started = lab('start', SMALL_LAB);
  expect(started.out).toMatch(/Your start is in api\/lab\/double\.ts/);
  expect(lab('check', SMALL_LAB).status).toBe(1);
  const own = join(project.root, 'api/lab/double.ts');
  writeFileSync(own, code('solution.ts'));
  expect(lab('start', SMALL_LAB).out).toMatch(/is yours already, and left as it is.*delete it/);
  expect(readFileSync(own, 'utf8')).toBe(code('solution.ts'));
  const checked = lab('check', SMALL_LAB);
  expect(checked).toMatchObject({ status: 0, error: '' });
  expect(checked.out).toMatch(/first light 1\/1, contract 2\/2/);
});

test('a failing check says what was expected, what came, by which call, and what it looks like', async () => {
  await prove();
  const file = `src/content/labs/${SMALL_LAB}/mutants/adds-two.ts`;
  const { status, out } = lab('check', SMALL_LAB, '--file', file);
  expect(status).toBe(1);
  expect(out).toContain(`  ✗ doubles any number
      expected twice seven: 14
      came: 9
      by the call double(7)
`);
  expect(out).toContain('This adds.');
  const only = lab('check', SMALL_LAB, '--file', file, '--only', 'LIMIT');
  expect(only.out).toMatch(/^contract\n {2}✓ answers at most the limit\n\ncontract 1\/1\n$/);
});

test('the untouched start, and a file that fails everything, are told no misconception', async () => {
  await prove();
  lab('start', SMALL_LAB);
  const { out } = lab('check', SMALL_LAB);
  expect(out).toMatch(/first light 0\/1, contract 0\/2/);
  expect(out).not.toMatch(/This adds|This has no limit/);
});

test('who is stuck is told where help is, and gets a hint for the first check that fails', () => {
  const hints = `hints:
  first: Print the number.
  checks: { doubles any number: Twice is more than two more. }
entry:`;
  project.edit('lab.yaml', 'entry:', hints);
  const file = `src/content/labs/${SMALL_LAB}/mutants/adds-two.ts`;
  expect(lab('check', SMALL_LAB, '--file', file).out).toMatch(
    /--hint gives a hint. More help is on its page, \/labs\/lesson\/double\//,
  );
  const { out } = lab('check', SMALL_LAB, '--file', file, '--hint');
  expect(out).toMatch(/\nHint: Twice is more than two more\.\n$/);
});

test('what is asked on the page alone is named, at the start and after a check', () => {
  const asked = `amounts:
  - id: price
    question: What does it cost?
    level: contract
    unit: dollars
    answer: 2
    tolerance: 0.1
    why: It costs two.
    wrong: [{ answer: 3, says: This is three. }]
entry:`;
  project.edit('lab.yaml', 'entry:', asked);
  const words =
    /asked on its page, \/labs\/lesson\/double\/, and not here:\n {2}- What does it cost\?/;
  expect(lab('start', SMALL_LAB).out).toMatch(words);
  const file = `src/content/labs/${SMALL_LAB}/solution.ts`;
  expect(lab('check', SMALL_LAB, '--file', file).out).toMatch(words);
});

test('a long line that was printed is cut, and what failed is still to be seen', () => {
  const loud = code('start.ts').replace('console.log(MOST)', "console.log('a'.repeat(60_000))");
  writeFileSync(join(project.root, 'loud.ts'), loud);
  const { out } = lab('check', SMALL_LAB, '--file', 'loud.ts');
  expect(out).toMatch(/printed: a{299}…\n/);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThan(400);
});

test('where whoever reads has gone, it ends without a word', async () => {
  const file = `src/content/labs/${SMALL_LAB}/mutants/adds-two.ts`;
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, CLI, 'check', SMALL_LAB, '--file', file], {
    cwd: project.root,
  });
  let error = '';
  child.stderr.on('data', (text: Buffer) => (error += text.toString()));
  child.stdout.destroy();
  await new Promise((resolve) => child.once('close', resolve));
  expect(error).toBe('');
});

test.each([
  [
    'a value that is missing',
    'function double(n: number) {\n  return 2 * ;\n}',
    /did not load: line 2: This line cannot be read/,
  ],
  [
    'an enum',
    'enum A { B }\nexport const double = 2;',
    /did not load: line 1: An enum is not only a type/,
  ],
])('%s is told at its line, in the words of the page', (_what, text, words) => {
  writeFileSync(join(project.root, 'own.ts'), text);
  const { status, out } = lab('check', SMALL_LAB, '--file', 'own.ts');
  expect(status).toBe(1);
  expect(out).toMatch(words);
});

test('what is misspelt is refused with what there is', () => {
  expect(lab('check', 'lesson/doubel')).toMatchObject({
    status: 2,
    error: expect.stringMatching(/There is no lab lesson\/doubel\. Did you mean lesson\/double/),
  });
  expect(lab('check', SMALL_LAB).error).toMatch(/no file of lesson\/double yet. Run: .* start/);
});

test('a seed draws the variant that the submission is held to', () => {
  const file = `src/content/labs/${SMALL_LAB}/solution.ts`;
  expect(lab('check', SMALL_LAB, '--file', file, '--seed', 'autumn').status).toBe(0);
  const other = join(project.root, 'other.ts');
  writeFileSync(other, code('solution.ts').replace(' // parameter: most', ''));
  const { status, out } = lab('check', SMALL_LAB, '--file', 'other.ts', '--seed', 'autumn');
  expect(status).toBe(1);
  expect(out).toMatch(/expected twice a thousand: 2\d\d\n {6}came: 100/);
});

test('a folder of submissions has a row for each, whatever one of them does', async () => {
  const folder = submissions({
    'ada.ts': code('solution.ts'),
    '=bea.ts': code('mutants/adds-two.ts'),
    'broken.ts': 'export function double( {',
  });
  const rows = await checkEach(project.root, { id: SMALL_LAB, folder });
  const csv = (await csvOf(project.root, SMALL_LAB, rows)).split('\r\n');
  expect(csv.slice(0, 3)).toEqual([
    'file,contract held,first light,contract,doubles two,doubles any number,answers at most the limit,problem',
    "'=bea.ts,no,1 of 1,1 of 2,yes,no,yes,",
    'ada.ts,yes,1 of 1,2 of 2,yes,yes,yes,',
  ]);
  expect(csv[3]).toMatch(
    /^broken\.ts,no,0 of 1,0 of 2,no,no,no,.*line 1: The code ends, and the \{ of line 1 is still open/,
  );
});

test.skipIf(process.platform === 'win32')(
  'a submission cannot open the debugger of the process that checks it',
  () => {
    const signal = `process.kill(process.ppid, 'SIGUSR1');\n`;
    writeFileSync(join(project.root, 'signals.ts'), signal + code('solution.ts'));
    const { status, out, error } = lab('check', SMALL_LAB, '--file', 'signals.ts');
    expect([status, error]).toEqual([0, '']);
    expect(out).toMatch(/contract 2\/2/);
  },
);

test('a submission that hangs is ended, and its row says so', async () => {
  const folder = submissions({ 'hangs.ts': 'while (true) {}' });
  const rows = await checkEach(project.root, { id: SMALL_LAB, folder, limitMs: 3000 });
  expect(rows).toEqual([{ file: 'hangs.ts', verdicts: null, problem: 'not over after 3 s' }]);
});

test('a question is about the mutant that is most like the code, where the code itself does not fail', async () => {
  submissions({ 'ada.ts': code('solution.ts') });
  const asked = await askAbout(project.root, SMALL_LAB, 'handed-in/ada.ts');
  const { verdict, lines, says } = asked;
  expect(verdict).toMatchObject({ name: 'doubles any number', passed: false });
  expect(lines).toEqual(['return Math.min(MOST, number + 2);']);
  expect(says).toBe('This adds.');
});
