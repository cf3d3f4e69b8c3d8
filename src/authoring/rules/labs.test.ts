import { expect, it } from 'vitest';
import { found, useSampleCourse, write } from '../fixtures/sample-course.ts';

useSampleCourse();

const YAML = `title: Double
kind: write
language: [typescript]
where: [tab]
minutes: { first light: 1, contract: 2 }
task: Double it.
hints:
  first: Print it.
  checks: { doubles two: Add. }
mutants:
  adds: { says: It adds., caught: doubles two }
`;

function lab(id = 'one/double', yaml = YAML): void {
  const put = (file: string, text: string): void => write(`src/content/labs/${id}/${file}`, text);
  put('lab.yaml', yaml);
  put('start.ts', '');
  put('solution.ts', '');
  put('check.ts', "export default [contract('doubles two', run)];");
  put('mutants/adds.ts', '');
}

it('a right lab, and a checkpoint, have no mistakes', () => {
  lab();
  lab('storm/storm');
  expect(found()).toEqual([]);
});

it('a lab of a lesson that is not there is told', () => {
  lab('on/double');
  expect(found()).toEqual([expect.stringMatching(/No lesson has the slug "on"/)]);
});

it('a lab may be there before the lesson that is planned for it', () => {
  write(
    'src/content/course.yaml',
    '- id: idea\n  title: T\n  lessons:\n    - one\n    - { slug: two, title: Two, summary: To come. }\n',
  );
  lab('two/double');
  expect(found()).toEqual([]);
});

it('a name that no check has is told at its place', () => {
  lab('one/double', YAML.replace('caught: doubles two', 'caught: doubles to'));
  expect(found()).toEqual([
    expect.stringMatching(/check\.ts has no check that is called "doubles to"/),
  ]);
});

it('a missing file, a mutant without a file and a file without a mutant are told', () => {
  lab(
    'one/double',
    YAML.replace('adds:', 'adds-up:').replace('[typescript]', '[typescript, python]'),
  );
  expect(found().join('\n')).toMatch(
    /no start\.py[^]*no solution\.py[^]*"adds-up" has no file|"adds-up" has no file[^]*no start\.py/,
  );
  expect(found().join('\n')).toMatch(/mutants\/adds is not named/);
});

it('a key that the schema does not know is told with the nearest one', () => {
  lab('one/double', YAML.replace('task:', 'tsk:'));
  expect(found().join('\n')).toMatch(/`tsk` is not a key[^]*Did you mean `task`/);
});
