/** The meaning of one term, as it opens beside a word of a lesson. */

import { getCollection, type CollectionEntry } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import { siteUrl } from '#src/site/base.ts';
import { html } from '#src/components/markup.ts';
import { inline } from '#prose/inline.ts';

interface Props extends Record<string, unknown> {
  readonly entry: CollectionEntry<'glossary'>;
}

export const getStaticPaths = (async () => {
  const entries = await getCollection('glossary');
  return entries.map((entry) => ({ params: { id: entry.id }, props: { entry } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = ({ props: { entry } }) => {
  const { term, short } = entry.data;
  const meaning = html`<strong>${term}</strong><span>${inline(short)}</span><a href="${siteUrl(`/glossary/#${entry.id}`)}" tabindex="-1">In the glossary</a>`;
  return Response.json(String(meaning));
};
