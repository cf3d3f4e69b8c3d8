/** A lab belongs to a lesson, has its files, and names checks and mutants that are there. */

import { slugsOf, strings, type Course, type LabFiles } from '../course.ts';
import type { Path } from '../yaml-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';

const ENDS: Readonly<Record<string, string>> = { typescript: '.ts', python: '.py' };

export function labMistakes(course: Course): Mistake[] {
  return course.labs.flatMap((lab) => [
    ...belongs(lab, course),
    ...files(lab),
    ...checks(lab),
    ...mutants(lab),
    ...uses(lab, course),
  ]);
}

/** A lab may be there before its lesson, which is planned then. A checkpoint belongs to none: its lab has its own name twice. */
function belongs({ id, lesson, source }: LabFiles, course: Course): Mistake[] {
  const planned = slugsOf(course.list).filter((listed) => listed.planned);
  const slugs = [...course.lessons, ...planned].map(({ slug }) => slug);
  if (slugs.includes(lesson) || id === `${lesson}/${lesson}`) return [];
  const problem = `No lesson has the slug "${lesson}", so nobody meets this lab.`;
  const cure = suggest(lesson, slugs, 'src/content/lessons');
  return [source.mistake([], problem, `${cure} A checkpoint is in <name>/<name>/.`)];
}

function files({ source, files: found }: LabFiles): Mistake[] {
  const languages = strings(source.at(['language']));
  const needed = languages.flatMap((language) =>
    ['start', 'solution'].map((name) => name + (ENDS[language] ?? '')),
  );
  if (languages.length > 0) needed.push('check.ts');
  return needed
    .filter((file) => !found.includes(file))
    .map((file) =>
      source.mistake(
        ['language'],
        `The lab has no ${file}.`,
        'Write it beside lab.yaml, or take the language out.',
      ),
    );
}

/** Names of checks stand in `check.ts` as they are. */
function checks({ source, checks: text }: LabFiles): Mistake[] {
  const hints = Object.keys(record(source.at(['hints', 'checks']))).map((name): [string, Path] => [
    name,
    ['hints', 'checks', name],
  ]);
  const caught = Object.keys(record(source.at(['mutants']))).map((name): [unknown, Path] => {
    const path = ['mutants', name, 'caught'];
    return [source.at(path), path];
  });
  const candidates = list(source.at(['candidates'])).map((_candidate, index): [unknown, Path] => {
    const path = ['candidates', index, 'check'];
    return [source.at(path), path];
  });
  const kept = strings(source.at(['pick', 'checks'])).map((name, index): [string, Path] => [
    name,
    ['pick', 'checks', index],
  ]);
  return [...hints, ...caught, ...candidates, ...kept].flatMap(([name, path]) =>
    typeof name !== 'string' || text.includes(name)
      ? []
      : [
          source.mistake(
            path,
            `check.ts has no check that is called "${name}".`,
            'Write the name as it stands there, letter by letter.',
          ),
        ],
  );
}

function mutants({ id, source, files: found }: LabFiles): Mistake[] {
  const named = Object.keys(record(source.at(['mutants'])));
  const there = found.flatMap((file) => /^mutants\/(.+)\.(ts|py)$/.exec(file)?.[1] ?? []);
  return [
    ...named
      .filter((name) => !there.includes(name))
      .map((name) =>
        source.mistake(
          ['mutants', name],
          `The mutant "${name}" has no file.`,
          `Write src/content/labs/${id}/mutants/${name}.ts, or .py, or take it out.`,
        ),
      ),
    ...[...new Set(there)]
      .filter((name) => !named.includes(name))
      .map((name) =>
        source.mistake(
          ['mutants'],
          `The file mutants/${name} is not named in lab.yaml.`,
          `Add \`${name}:\` to \`mutants\`, with \`says\` and \`caught\`.`,
        ),
      ),
  ];
}

function uses({ source }: LabFiles, course: Course): Mistake[] {
  const ids = course.labs.map(({ id }) => id);
  return [source.at(['uses'])]
    .flat()
    .filter((used) => typeof used === 'string')
    .filter((used) => !ids.includes(used))
    .map((used) => {
      const problem = `No lab has the id "${used}".`;
      return source.mistake(['uses'], problem, suggest(used, ids, 'src/content/labs'));
    });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
