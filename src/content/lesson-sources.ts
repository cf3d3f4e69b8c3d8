/** The sources of a lesson in one list, which the marks of its facts point into by number. */

import { getEntries, type CollectionEntry } from 'astro:content';
import { factsInOrder, groupSources, type LessonSource } from './source-list.ts';

const known = new WeakMap<CollectionEntry<'lessons'>, Promise<LessonSource[]>>();

/** Those of the facts that its text prints, in their order, and then of the others that it names. */
export function sourcesOf(lesson: CollectionEntry<'lessons'>): Promise<LessonSource[]> {
  const sources = known.get(lesson) ?? read(lesson);
  known.set(lesson, sources);
  return sources;
}

async function read({ body = '', data }: CollectionEntry<'lessons'>): Promise<LessonSource[]> {
  const ids = factsInOrder(body, data.sources);
  const facts = await getEntries(ids.map((id) => ({ collection: 'facts' as const, id })));
  // An id that is unknown is told of where it stands, by the fact or by the check.
  return groupSources(
    facts.flatMap((fact: CollectionEntry<'facts'> | undefined) => fact?.data ?? []),
  );
}
