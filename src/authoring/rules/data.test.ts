import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { found, only, sampleRoot, write, useSampleCourse } from '../fixtures/sample-course.ts';

useSampleCourse();

describe('the other lists', () => {
  it('the glossary points at terms and facts that exist', () => {
    write(
      'src/content/glossary.yaml',
      '- id: cold-start\n  term: a\n  short: b\n  see: [warm]\n  sources: [T09-09]\n',
    );
    const [see, source] = found();
    expect(see).toMatch(/glossary\.yaml ‹warm]› No term has the id "warm"\./);
    expect(source).toMatch(/glossary\.yaml ‹T09-0› No fact has the id "T09-09"\./);
  });

  it('a resource cites a fact that exists', () => {
    write(
      'src/content/resources.yaml',
      '- { id: a, title: A, url: "https://a.org", status: current, note: x, source: T09-09 }\n',
    );
    expect(only()).toMatch(/resources\.yaml ‹T09-0› No fact has the id "T09-09"\./);
  });

  it('a list that is missing is told, and not taken for a flood of unknown ids', () => {
    write('src/content/resources.yaml', '');
    rmSync(join(sampleRoot(), 'src/content/resources.yaml'));
    expect(only()).toMatch(/resources\.yaml ‹› The file is missing\./);
  });

  it('a function that cannot be listed is told with its file', () => {
    cpSync(join(sampleRoot(), 'api/hello.ts'), join(sampleRoot(), 'api/hello.js'));
    expect(found()[0]).toMatch(
      /^api\/hello\.ts ‹.*› The file and api\/hello\.js would both answer/,
    );
  });
});
