import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { broken, sampleRoot, useSampleCourse } from './fixtures/sample-course.ts';

useSampleCourse();

function check(): { status: number | null; stderr: string } {
  const cli = join(import.meta.dirname, 'cli.ts');
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', cli], {
    cwd: sampleRoot(),
    encoding: 'utf8',
  });
}

test('a right course says nothing', () => {
  expect(check()).toMatchObject({ status: 0, stderr: '' });
});

test('a mistake is told with its file, and the command fails', () => {
  broken('T01-01', 'T01-09');
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toMatch(/01-one\.mdx:\d+[^]*T01-09/);
});
