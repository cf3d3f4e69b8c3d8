/** What a fact says, as it opens beside its mark in a lesson. */

import { getCollection, type CollectionEntry } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import { html } from '#src/components/markup.ts';
import { inline } from '#prose/inline.ts';

interface Props extends Record<string, unknown> {
  readonly fact: CollectionEntry<'facts'>['data'];
}

/** An unverified fact is nowhere printed. */
export const getStaticPaths = (async () => {
  const facts = await getCollection('facts', ({ data }) => data.kind !== 'unverified');
  return facts.map(({ id, data }) => ({ params: { id }, props: { fact: data } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = ({ props: { fact } }) => {
  // Its note is for authors.
  return Response.json(String(html`<span>${inline(fact.statement)}</span>`));
};
