import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  BODY,
  IMPORTS,
  found,
  lesson,
  only,
  sampleRoot,
  useSampleCourse,
} from '../fixtures/sample-course.ts';

useSampleCourse();

describe('the order of lessons', () => {
  it('matches the file name', () => {
    lesson('02-two.mdx', { order: 3 });
    expect(only()).toMatch(
      /02-two\.mdx ‹3› `order` is 3, but the file name says 02\. Write `order: 2`, or rename the file to 03-two\.mdx\./,
    );
  });

  it('has no number twice', () => {
    lesson('01-two.mdx');
    expect(only()).toMatch(
      /01-two\.mdx ‹1› `order` 1 is taken: src\/content\/lessons\/01-one\.mdx has it too\. .* 2 is free\./,
    );
  });

  it('has no gaps', () => {
    lesson('03-three.mdx');
    expect(only()).toMatch(
      /03-three\.mdx ‹3› `order` jumps from 1 to 3\. Write `order: 2` and rename/,
    );
  });

  it('keeps parts together', () => {
    lesson('01-one.mdx', { part: 'fit' }, `${IMPORTS}\n${BODY}`);
    lesson('02-two.mdx', { part: 'idea' });
    expect(only()).toMatch(/02-two\.mdx ‹"idea› Part "idea" comes before part "fit"/);
  });

  it('has the prerequisites of a lesson before it, and not in a circle', () => {
    lesson('02-two.mdx', { prerequisites: ['three'] });
    lesson('03-three.mdx');
    expect(only()).toMatch(/02-two\.mdx ‹"thre› "three" is lesson 03, after this one \(02\)\./);
    lesson('03-three.mdx', { prerequisites: ['two'] });
    expect(only()).toMatch(
      /02-two\.mdx ‹"thre› Prerequisites go in a circle: two → three → two\. Take out "three" here\./,
    );
  });

  it('needs file names with a number and a slug, and each slug once', () => {
    lesson('02-one.mdx');
    expect(found().join('\n')).toMatch(/02-one\.mdx ‹---› .*01-one\.mdx has the slug "one" too/);
    rmSync(join(sampleRoot(), 'src/content/lessons/02-one.mdx'));
    lesson('Two.mdx', { order: 2 });
    expect(only()).toMatch(/Two\.mdx ‹---› The file name is not a number, a hyphen and a slug\./);
  });
});
