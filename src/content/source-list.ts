/** Which facts a lesson rests on, and the places that they come from. */

/** What is read of a fact. */
export interface SourcedFact {
  readonly id: string;
  readonly kind: 'primary' | 'secondary' | 'derived' | 'unverified';
  /** The date at which it was true, in words; null when the source has none. */
  readonly asOf: string | null;
  readonly source: { readonly title: string; readonly url: string | null };
}

/** One place, with what was read there. */
export interface LessonSource {
  readonly title: string;
  readonly url: string | null;
  readonly dates: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  /** Not all was read in the source itself. */
  readonly isCopy: boolean;
}

/**
 * @param body MDX of the lesson
 * @param named ids in its frontmatter
 */
export function factsInOrder(body: string, named: readonly string[]): string[] {
  const printed = [...body.matchAll(/<Fact\s[^>]*?\bid="([^"]+)"/g)].map(([, id = '']) => id);
  return [...new Set([...printed, ...named])];
}

/** Several facts may come from one place: it is listed once, with its dates. */
export function groupSources(facts: readonly SourcedFact[]): LessonSource[] {
  const places = Map.groupBy(facts, ({ source }) => source.url ?? source.title);
  return [...places.values()].flatMap((here) => {
    const [first] = here;
    if (first === undefined) return [];
    return {
      ...first.source,
      dates: new Set(here.flatMap(({ asOf }) => asOf ?? [])),
      facts: new Set(here.map(({ id }) => id)),
      isCopy: here.some(({ kind }) => kind === 'secondary'),
    };
  });
}
