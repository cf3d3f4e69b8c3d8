/** What helps with a prediction belongs to one, and a prediction with options has such help. */

import { CONTENT, strings, type Course, type Entry, type LessonList } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';
import { attribute, type Tag } from '../mdx-source.ts';

export function predictionMistakes(course: Course): Mistake[] {
  return [
    ...course.predictions.flatMap((list) =>
      list.entries.flatMap((entry) => [
        ...belongs(list, entry, course),
        ...needs(list, entry, course),
      ]),
    ),
    ...withoutHelp(course),
  ];
}

function belongs({ lesson: slug, source }: LessonList, entry: Entry, course: Course): Mistake[] {
  const lesson = course.lessons.find((one) => one.slug === slug);
  const ids = lesson?.mdx.tags.filter(asks).map(idOf) ?? [];
  if (ids.includes(entry.id)) return [];
  const problem = `The lesson "${slug}" has no prediction "${entry.id}" with options.`;
  const cure = suggest(entry.id, ids, `${CONTENT}/lessons`);
  return [source.mistake([entry.index, 'id'], problem, cure)];
}

function needs({ source }: LessonList, { index, value }: Entry, { glossary }: Course): Mistake[] {
  return strings(value['needs']).flatMap((id, place) => {
    if (glossary.ids.includes(id)) return [];
    const cure = suggest(id, glossary.ids, glossary.source.file.path);
    return [source.mistake([index, 'needs', place], `No term has the id "${id}".`, cure)];
  });
}

/** Once a lesson has such a file, each of its predictions has an entry. */
function withoutHelp({ lessons, predictions }: Course): Mistake[] {
  return predictions.flatMap(({ lesson: slug, ids, source }) => {
    const lesson = lessons.find((one) => one.slug === slug);
    return (lesson?.mdx.tags ?? [])
      .filter((tag) => asks(tag) && !ids.includes(idOf(tag)))
      .flatMap((tag) => {
        const problem = `Nobody is helped with the prediction "${idOf(tag)}".`;
        const cure = `Add an entry with this id to ${source.file.path}: the two terms that the question needs.`;
        return lesson === undefined ? [] : [lesson.mdx.file.mistake(tag.offset, problem, cure)];
      });
  });
}

/** A prediction before a run, or in the text, that gives options; a burst has its own. */
function asks(tag: Tag): boolean {
  if (tag.name === 'BurstLab') return true;
  const isPrediction =
    tag.name === 'Predict' || (tag.name === 'Demo' && attribute(tag, 'predict') !== undefined);
  return isPrediction && attribute(tag, 'options') !== undefined;
}

function idOf(tag: Tag): string {
  return attribute(tag, 'id')?.text ?? '';
}
