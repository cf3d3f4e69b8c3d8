/** What the schemas cannot see in facts, glossary, quizzes and resources: ids that clash or lead nowhere. */

import { CONTENT, strings, type Course, type Entry, type List } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';
import type { Path, YamlSource } from '../yaml-source.ts';

const FACTS = `${CONTENT}/facts.json`;

export function dataMistakes(course: Course): Mistake[] {
  const { facts, glossary, resources, quizzes, predictions, lessons } = course;
  return [
    ...[facts, glossary, resources].flatMap((list) => sameIds(list)),
    ...glossary.entries.flatMap((entry) => [
      ...see(glossary, entry),
      ...citedIn(course, glossary.source, [entry.index, 'sources'], entry.value['sources']),
    ]),
    ...resources.entries.flatMap(({ index, value }) => {
      const source = value['source'];
      const found = typeof source === 'string' ? factMistake(course, source) : undefined;
      return found === undefined ? [] : [resources.source.mistake([index, 'source'], ...found)];
    }),
    ...lessons.flatMap(({ mdx, data }) =>
      mdx.frontmatter === undefined
        ? []
        : citedIn(course, mdx.frontmatter, ['sources'], data['sources']),
    ),
    ...[...quizzes, ...predictions].flatMap((list) => sameIds(list)),
  ];
}

/** What is wrong with citing a fact: it is unknown, or its source has not been read. Undefined when it is right. */
export function factMistake(
  course: Course,
  id: string,
): [problem: string, cure: string] | undefined {
  const fact = course.facts.entries.find((entry) => entry.id === id);
  if (fact === undefined)
    return [`No fact has the id "${id}".`, suggest(id, course.facts.ids, FACTS)];
  if (fact.value['kind'] !== 'unverified') return undefined;
  const problem = `The fact "${id}" is unverified: nobody has read its source yet.`;
  return [problem, `Read the source and set its \`kind\` in ${FACTS}, or leave the fact out.`];
}

function citedIn(course: Course, source: YamlSource, path: Path, value: unknown): Mistake[] {
  return strings(value).flatMap((id, index, ids) => {
    const found = factMistake(course, id);
    if (found !== undefined) return [source.mistake([...path, index], ...found)];
    if (ids.indexOf(id) === index) return [];
    return [source.mistake([...path, index], `"${id}" is listed twice.`, 'Take one out.')];
  });
}

function see(glossary: List, { id, index, value }: Entry): Mistake[] {
  return strings(value['see']).flatMap((other, place) => {
    const path = [index, 'see', place];
    if (other === id)
      return [glossary.source.mistake(path, 'The term points at itself.', 'Take it out.')];
    if (glossary.ids.includes(other)) return [];
    const cure = suggest(other, glossary.ids, glossary.source.file.path);
    return [glossary.source.mistake(path, `No term has the id "${other}".`, cure)];
  });
}

function sameIds({ source, entries, ids }: List): Mistake[] {
  return entries
    .filter(({ id }, place) => ids.indexOf(id) !== place)
    .map(({ id, index }) => {
      const first = entries.find((entry) => entry.id === id);
      const { line } = source.file.position(source.offset([first?.index ?? 0]));
      const problem = `The id "${id}" is taken: it stands in line ${String(line)} already.`;
      return source.mistake([index, 'id'], problem, 'Give one of the two another id.');
    });
}
