/** The meaning of a term, asked for where the glossary is. */

/** @param link to the term in the glossary: `/glossary/#cold-start` */
export async function meaningOf({ href, hash }: HTMLAnchorElement): Promise<string | null> {
  try {
    const response = await fetch(new URL(`${hash.slice(1)}.json`, href));
    return response.ok ? ((await response.json()) as string) : null;
  } catch {
    return null;
  }
}
