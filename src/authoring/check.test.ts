import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCourse } from './check.ts';
import { formatMistakes } from '#src/errors/mistake.ts';
import {
  BODY,
  IMPORTS,
  LESSON,
  QUIZ,
  broken,
  found,
  lesson,
  only,
  sampleRoot,
  write,
  useSampleCourse,
} from './fixtures/sample-course.ts';

useSampleCourse();

it('a right course has no mistakes', () => {
  expect(found()).toEqual([]);
});

it('all mistakes are told at once, in the order of files and lines', () => {
  broken('T01-01', 'T01-09');
  write('src/content/quizzes/one.yaml', QUIZ.replace(', correct: true', ''));
  write('src/content/glossary.yaml', '- id: cold-start\n  term: cold start\n  shrt: x\n');
  expect(formatMistakes(checkCourse(sampleRoot()))).toBe(`src/content/glossary.yaml:1:3
  \`short\` is missing in "cold-start".
  Add \`short:\` with text.

src/content/glossary.yaml:3:3
  \`shrt\` is not a key of "cold-start".
  Did you mean \`short\`?

${LESSON}:20:59
  No fact has the id "T01-09".
  Did you mean "T01-01"? All are in src/content/facts.json.

src/content/quizzes/one.yaml:5:5
  "why" has no correct answer.
  Add \`correct: true\` to the right one of its \`options\`.

4 mistakes in 3 files.`);
});

describe('frontmatter', () => {
  it.each([
    [
      { updated: '2026-02-30' },
      ' ‹"2026› `updated`: expected a day like 2026-11-23, found "2026-02-30". Write a day like 2026-11-23.',
    ],
    [{ minutes: 'five' }, ' ‹"five› `minutes`: expected a number, found "five". Write a number.'],
    [
      { objectives: [] },
      ' ‹[]› `objectives`: expected at least one thing the reader will be able to do, found []. Write at least one thing the reader will be able to do.',
    ],
    [{ sumary: 'x' }, ' ‹sumar› `sumary` is not a key of this file. Did you mean `summary`?'],
    [
      { updated: 'soon' },
      ' ‹"soon› `updated`: expected a day like 2026-11-23, found "soon". Write a day like 2026-11-23.',
    ],
    [
      { sources: ['T01-09'] },
      ' ‹"T01-› No fact has the id "T01-09". Did you mean "T01-01"? All are in src/content/facts.json.',
    ],
    [
      { sources: ['T01-02'] },
      ' ‹"T01-› The fact "T01-02" is unverified: nobody has read its source yet. Read the source and set its `kind` in src/content/facts.json, or leave the fact out.',
    ],
    [{ sources: ['T01-01', 'T01-01'] }, ' ‹"T01-› "T01-01" is listed twice. Take one out.'],
    [
      { prerequisites: ['on'] },
      ' ‹"on"]› No lesson has the slug "on". There are none yet in src/content/lessons, without the number.',
    ],
    [{ prerequisites: ['one'] }, ' ‹"one"› The lesson needs itself. Take it out.'],
  ])('%j', (data, message) => {
    lesson('01-one.mdx', data, `${IMPORTS}\n${BODY}`);
    expect(only()).toBe(`${LESSON}${message}`);
  });

  it('that is missing, or a key of it', () => {
    write('src/content/lessons/02-two.mdx', 'Text.\n');
    expect(only()).toMatch(
      /02-two\.mdx ‹Text.› The frontmatter is missing\. Start the file with `---`/,
    );
    lesson('02-two.mdx', { title: undefined });
    write(
      'src/content/lessons/02-two.mdx',
      '---\nsummary: S\nminutes: 1\nobjectives: [a]\nprerequisites: []\nsources: []\nupdated: 2026-01-01\n---\n',
    );
    expect(only()).toMatch(
      /02-two\.mdx ‹summa› `title` is missing in this file\. Add `title:` with text\./,
    );
  });

  it('that is not YAML', () => {
    lesson('02-two.mdx');
    write('src/content/lessons/02-two.mdx', '---\ntitle: What: is it?\n---\n\nText.\n');
    expect(only()).toMatch(/02-two\.mdx ‹What:› This is not YAML: .* Put text that holds ": "/);
  });
});

it('a tab in YAML is one mistake, with its line', () => {
  write('src/content/glossary.yaml', '- id: cold-start\n\tterm: cold start\n\tshort: The first.\n');
  const about = found().filter((line) => line.startsWith('src/content/glossary.yaml'));
  expect(about).toEqual([
    'src/content/glossary.yaml ‹\tterm› This line is indented with a tab, and YAML wants spaces. Indent with two spaces a level.',
  ]);
});

it('a lesson may begin with a byte order mark', () => {
  const file = join(sampleRoot(), LESSON);
  writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
  expect(found()).toEqual([]);
});
