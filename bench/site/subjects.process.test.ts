import { afterAll, expect, it } from 'vitest';
import { checkCourse } from '../../src/authoring/check.ts';
import { Workspace } from '../workspace.ts';
import { generateLessons } from './generated-lessons.ts';
import { course } from './subjects.ts';

const workspace = new Workspace();
afterAll(() => workspace.remove());

it('the course with generated lessons in place of its own has no mistake of an author', () => {
  course.prepare(workspace, generateLessons(10));
  expect(checkCourse(workspace.folder)).toEqual([]);
});
