import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smallProject, type SmallProject } from './fixtures/small-lab.ts';
import { newLab } from './new-lab.ts';
import { proveLab } from './prove-lab.ts';

let project: SmallProject;
beforeEach(() => {
  project = smallProject();
});
afterEach(() => project.close());

test('a new lab is proved as it is, in the format of the project', async () => {
  newLab(project.root, 'lesson', 'say-hello', ['lesson']);
  expect((await proveLab(project.root, 'lesson/say-hello')).problems).toEqual([]);
  const folder = `${project.root}/src/content/labs/lesson/say-hello`;
  const config = ['--ignore-path', '.prettierignore'];
  execFileSync(process.execPath, [
    'node_modules/prettier/bin/prettier.cjs',
    ...config,
    '--check',
    folder,
  ]);
});

test('an old lab is left as it is, and a strange name or lesson is refused with the cure', () => {
  const make = (lesson: string, name: string) => (): unknown =>
    newLab(project.root, lesson, name, ['lesson']);
  expect(make('lesson', 'double')).toThrow(/is there already/);
  expect(make('lesson', 'Say Hello')).toThrow(/lower-case letters, digits and hyphens/);
  expect(make('other', 'say-hello')).toThrow(/There is no lesson other. There are lesson/);
});
