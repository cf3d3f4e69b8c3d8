/** The sources of a lesson in one list, which the marks of its facts point into by number. */

import { getEntries, type CollectionEntry } from 'astro:content';
import { factsInOrder, groupSources, type LessonSource } from './source-list.ts';

/** A text whose facts have a list of sources of their own. */
export type SourcedText = CollectionEntry<'lessons'> | CollectionEntry<'inProduction'>;

const known = new WeakMap<SourcedText, Promise<LessonSource[]>>();

/** Those of the facts that its text prints, in their order, and then of the others that it names. */
export function sourcesOf(text: SourcedText): Promise<LessonSource[]> {
  const sources = known.get(text) ?? read(text);
  known.set(text, sources);
  return sources;
}

async function read({ body = '', data }: SourcedText): Promise<LessonSource[]> {
  const ids = factsInOrder(body, 'sources' in data ? data.sources : []);
  const facts = await getEntries(ids.map((id) => ({ collection: 'facts' as const, id })));
  // An id that is unknown is told of where it stands, by the fact or by the check.
  return groupSources(
    facts.flatMap((fact: CollectionEntry<'facts'> | undefined) => fact?.data ?? []),
  );
}

/**
 * Id of a source in its list.
 *
 * @param place from 1 @param part of a lesson that is fetched into its page, where both lists stand
 */
export function sourceId(place: number, part: string | undefined): string {
  return `${part === undefined ? '' : `${part}-`}source-${String(place)}`;
}
