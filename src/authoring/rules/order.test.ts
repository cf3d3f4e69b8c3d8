import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  found,
  lesson,
  listed,
  only,
  sampleRoot,
  useSampleCourse,
  write,
} from '../fixtures/sample-course.ts';

useSampleCourse();

describe('the course list', () => {
  it('names lessons that there are, in any order and with any file number', () => {
    lesson('07-two.mdx');
    lesson('three.mdx');
    listed('three', 'one', 'two');
    expect(found()).toEqual([]);
  });

  it('may leave a lesson out: it is a draft then', () => {
    lesson('two.mdx');
    expect(found()).toEqual([]);
  });

  it('tells of a lesson that is not there, with its line', () => {
    lesson('two.mdx');
    listed('one', 'tow');
    expect(only()).toMatch(
      /course\.yaml ‹tow› There is no lesson "tow"\. Did you mean "two"\? .* a slug, a title and a summary\./,
    );
  });

  it('may plan a lesson that is still to be written', () => {
    write(
      'src/content/course.yaml',
      '- id: idea\n  title: T\n  lessons:\n    - one\n    - { slug: two, title: Two, summary: To come. }\n',
    );
    expect(found()).toEqual([]);
  });

  it('names each lesson once', () => {
    listed('one', 'one');
    expect(only()).toMatch(/course\.yaml ‹one› The lesson "one" is in the list twice\./);
  });

  it('is missed when it is missing', () => {
    rmSync(join(sampleRoot(), 'src/content/course.yaml'));
    expect(only()).toMatch(/course\.yaml ‹› The file is missing\./);
  });
});

describe('lessons', () => {
  it('have their prerequisites before them, and not in a circle', () => {
    lesson('two.mdx', { prerequisites: ['three'] });
    lesson('three.mdx');
    listed('one', 'two', 'three');
    expect(only()).toMatch(/two\.mdx ‹"thre› "three" is lesson 03, after this one \(02\)\./);
    lesson('three.mdx', { prerequisites: ['two'] });
    expect(only()).toMatch(
      /two\.mdx ‹"thre› Prerequisites go in a circle: two → three → two\. Take out "three" here\./,
    );
  });

  it('do not need a lesson that the course has not', () => {
    lesson('two.mdx', { prerequisites: ['three'] });
    lesson('three.mdx');
    listed('one', 'two');
    expect(only()).toMatch(/two\.mdx ‹"thre› "three" is not in the course list\./);
  });

  it('have a slug for a name, and each its own', () => {
    lesson('02-one.mdx');
    expect(found().join('\n')).toMatch(/02-one\.mdx ‹---› .*01-one\.mdx has the slug "one" too/);
    rmSync(join(sampleRoot(), 'src/content/lessons/02-one.mdx'));
    lesson('Two.mdx');
    expect(only()).toMatch(/Two\.mdx ‹---› The file name is no slug\./);
  });
});
