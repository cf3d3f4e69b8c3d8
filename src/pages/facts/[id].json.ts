/** What a fact says, as it opens beside its mark in a lesson. */

import { getCollection, type CollectionEntry } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import { html } from '#src/components/markup.ts';
import { inline } from '#prose/inline.ts';

interface Props extends Record<string, unknown> {
  readonly fact: CollectionEntry<'facts'>['data'];
}

const READ: Readonly<Record<Props['fact']['kind'], string>> = {
  primary: 'Read in the source itself.',
  secondary: 'Read in a copy or on a secondary page.',
  derived: 'Computed from other facts.',
  unverified: 'Not read by anyone yet.',
};

/** An unverified fact is nowhere printed. */
export const getStaticPaths = (async () => {
  const facts = await getCollection('facts', ({ data }) => data.kind !== 'unverified');
  return facts.map(({ id, data }) => ({ params: { id }, props: { fact: data } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = ({ props: { fact } }) => {
  const { title, url } = fact.source;
  const dated = fact.asOf === null ? '' : `As of ${fact.asOf}. `;
  // Its note is for authors.
  return Response.json(
    String(
      html`<strong>${url === null ? title : html`<a href="${url}">${title}</a>`}</strong
        ><span>${inline(fact.statement)}</span><small>${dated}${READ[fact.kind]}</small>`,
    ),
  );
};
