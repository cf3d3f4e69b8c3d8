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

/**
 * Several facts may come from one place: it is listed once, with its dates. What was computed from facts
 * of this list names their numbers in it, since their ids say nothing to a reader.
 */
export function groupSources(facts: readonly SourcedFact[]): LessonSource[] {
  const places = Map.groupBy(facts, ({ source }) => source.url ?? source.title);
  const sources = [...places.values()].flatMap((here) => {
    const [first] = here;
    if (first === undefined) return [];
    return {
      ...first.source,
      dates: new Set(here.flatMap(({ asOf }) => asOf ?? [])),
      facts: new Set(here.map(({ id }) => id)),
      isCopy: here.some(({ kind }) => kind === 'secondary'),
    };
  });
  return sources.map((source) => ({ ...source, title: withNumbers(source.title, sources) }));
}

/** As it is when it names a fact that is not in the list. */
function withNumbers(title: string, sources: readonly Pick<LessonSource, 'facts'>[]): string {
  const [, names] = /^computed from ((?:[A-Z]\d\d-\d\d(?:, | and |$))+)$/.exec(title) ?? [];
  const ids = names?.match(/[A-Z]\d\d-\d\d/g) ?? [];
  const places = ids.map((id) => sources.findIndex(({ facts }) => facts.has(id)) + 1);
  if (ids.length === 0 || places.includes(0)) return title;
  const numbers = [...new Set(places)].toSorted((a, b) => a - b).map(String);
  const list = new Intl.ListFormat('en-GB').format(numbers);
  return `computed from ${numbers.length === 1 ? 'source' : 'sources'} ${list}`;
}
