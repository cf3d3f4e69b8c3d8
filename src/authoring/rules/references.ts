/** What tags name exists: facts, terms, questions, functions, regions, demos. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSpec } from '../../../faas/core/function.ts';
import { regionNames } from '#src/code/region.ts';
import { CONTENT, slugsOf, type Course, type LessonFile } from '../course.ts';
import { attribute, type Tag } from '../mdx-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { nearest, quoted, suggest } from '#src/errors/nearest.ts';
import type { Attribute } from '#src/errors/tag-source.ts';
import { factMistake } from './data.ts';

type Found = [problem: string, cure: string] | undefined;
type Rule = (value: string, course: Course, lesson: LessonFile, tag: Tag) => Found;

/** By tag and attribute. */
const RULES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  Fact: { id: (id, course, _lesson, tag) => factMistake(course, id) ?? printable(id, course, tag) },
  Term: { id: term },
  Quiz: { id: quiz },
  Demo: { fn: existing, python, path: answered },
  Source: { fn: existing, region },
  Lanes: { fn: existing, demo: runOf('Demo', 'BurstLab') },
  CallBill: { demo: runOf('Demo') },
  After: { demo: runOf('Demo', 'BurstLab') },
  BurstLab: { fn: existing },
  ColdStarts: { waitsFor: prediction },
  InitAndFirstCall: { waitsFor: prediction },
  LessonNumber: { slug: lessonSlug },
};

/** Tags whose `id` names them in their lesson, so that two may not share it. */
const NAMED = ['Demo', 'BurstLab', 'ColdStarts', 'Predict', 'Quiz'];

export function referenceMistakes(course: Course): Mistake[] {
  return course.lessons.flatMap((lesson) => [
    ...lesson.mdx.tags.flatMap((tag) => tagMistakes(course, lesson, tag)),
    ...sameIds(lesson),
  ]);
}

function tagMistakes(course: Course, lesson: LessonFile, tag: Tag): Mistake[] {
  const found = Object.entries(RULES[tag.name] ?? {}).flatMap(([name, rule]) => {
    const given = attribute(tag, name);
    if (given?.text === undefined) return [];
    const mistake = rule(given.text, course, lesson, tag);
    return mistake === undefined ? [] : [lesson.mdx.file.mistake(given.valueStart, ...mistake)];
  });
  if (tag.name === 'Lanes' && !tag.spreads && !attribute(tag, 'fn') && !attribute(tag, 'demo')) {
    const cure = 'Add demo="…" with the id of a demo above, or fn="/api/…".';
    found.push(lesson.mdx.file.mistake(tag.offset, '<Lanes> has nothing to draw.', cure));
  }
  return found;
}

function printable(id: string, course: Course, tag: Tag): Found {
  const shown = attribute(tag, 'show')?.text ?? 'value';
  const fact = course.facts.entries.find((entry) => entry.id === id);
  if (shown !== 'value' || fact?.value['value'] !== null) return undefined;
  return [`The fact "${id}" has no value to print.`, 'Add show="statement" to print its sentence.'];
}

function term(id: string, { glossary }: Course): Found {
  if (glossary.ids.includes(id)) return undefined;
  return [`No term has the id "${id}".`, suggest(id, glossary.ids, glossary.source.file.path)];
}

/** A shorter course may lack a lesson that is meant; a slug that is nearly another's is misspelt. */
function lessonSlug(slug: string, { lessons, list }: Course): Found {
  const known = [...lessons, ...slugsOf(list)].map((one) => one.slug);
  if (known.includes(slug) || nearest(slug, known) === undefined) return undefined;
  return [`No lesson has the slug "${slug}".`, suggest(slug, known, `${CONTENT}/lessons`)];
}

function quiz(id: string, course: Course, { slug }: LessonFile): Found {
  const own = course.quizzes.find(({ lesson }) => lesson === slug);
  if (own?.ids.includes(id) === true) return undefined;
  const file = `${CONTENT}/quizzes/${slug}.yaml`;
  const other = course.quizzes.find(({ ids }) => ids.includes(id));
  if (other !== undefined) {
    const problem = `The question "${id}" belongs to the lesson "${other.lesson}".`;
    return [problem, `Move it from ${other.source.file.path} to ${file}, or ask another one.`];
  }
  return [`No question of this lesson has the id "${id}".`, suggest(id, own?.ids ?? [], file)];
}

function existing(fn: string, { functions }: Course): Found {
  if (functions.some(({ name }) => name === fn)) return undefined;
  const known = functions.map(({ name }) => name);
  return [`There is no function "${fn}".`, suggest(fn, known, 'api/, named by their URL')];
}

function python(fn: string, course: Course): Found {
  const spec = course.functions.find(({ name }) => name === fn);
  const known = course.functions.filter(({ runtime }) => runtime === 'python');
  if (spec !== undefined && spec.runtime !== 'python') {
    const cure = `Write one of ${quoted(known.map(({ name }) => name))}, or leave \`python\` out.`;
    return [`"${fn}" is written in TypeScript (${spec.file}), not in Python.`, cure];
  }
  return existing(fn, { ...course, functions: known });
}

/** The concrete URL of a demo is one that its function answers: `/api/items/42` for `/api/items/[id]`. */
function answered(path: string, { functions }: Course, _lesson: LessonFile, tag: Tag): Found {
  const spec = functions.find((one) => one.name === attribute(tag, 'fn')?.text);
  if (spec === undefined || pattern(spec).test(path)) return undefined;
  const cure = `Write a path such as "${spec.route.replace(/\[[^\]]+\]/g, '42')}"; the query goes into \`query\`.`;
  return [`${spec.name} does not answer "${path}".`, cure];
}

function pattern({ route }: FunctionSpec): RegExp {
  const escaped = route.replace(/[.*+?^${}()|]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\[[^\]]+\]/g, '[^/?#]+')}$`);
}

function region(name: string, course: Course, _lesson: LessonFile, tag: Tag): Found {
  const spec = course.functions.find(({ name }) => name === attribute(tag, 'fn')?.text);
  if (spec === undefined || !existsSync(join(course.root, spec.file))) return undefined;
  const source = readFileSync(join(course.root, spec.file), 'utf8');
  const names = regionNames(source);
  if (names.includes(name)) return undefined;
  const mark = spec.runtime === 'python' ? '#' : '//';
  const end = spec.runtime === 'python' ? '# endregion' : '// #endregion';
  const cure =
    names.length > 0
      ? suggest(name, names, spec.file)
      : `Mark it in ${spec.file}: ${mark} ${mark === '#' ? '' : '#'}region ${name} … ${end}`;
  return [`${spec.file} has no region "${name}".`, cure];
}

function prediction(id: string, _course: Course, { mdx }: LessonFile): Found {
  const ids = mdx.tags
    .filter(({ name }) => name === 'Predict')
    .map((tag) => attribute(tag, 'id')?.text ?? '');
  if (ids.includes(id)) return undefined;
  return [`No <Predict> of this lesson has the id "${id}".`, suggest(id, ids, mdx.file.path)];
}

/** @param tags whose runs can be drawn */
function runOf(...tags: readonly string[]): Rule {
  return (id, _course, { mdx }) => {
    const demos = mdx.tags
      .filter((tag) => tags.includes(tag.name))
      .map((tag) => attribute(tag, 'id')?.text ?? '');
    if (demos.includes(id)) return undefined;
    return [`No <Demo> of this lesson has the id "${id}".`, suggest(id, demos, mdx.file.path)];
  };
}

function sameIds({ mdx }: LessonFile): Mistake[] {
  const named = mdx.tags
    .filter((tag) => NAMED.includes(tag.name))
    .flatMap((tag): { tag: Tag; id: Attribute }[] => {
      const id = attribute(tag, 'id');
      return id?.text === undefined ? [] : [{ tag, id }];
    });
  return named.flatMap(({ tag, id }, index) => {
    const first = named.slice(0, index).find((other) => other.id.text === id.text);
    if (first === undefined) return [];
    const { line } = mdx.file.position(first.tag.offset);
    const problem = `The id "${id.text ?? ''}" is taken by the <${first.tag.name}> in line ${String(line)}.`;
    const cure = `Give this <${tag.name}> an id of its own.`;
    return [mdx.file.mistake(id.valueStart, problem, cure)];
  });
}
