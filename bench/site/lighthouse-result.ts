/** What the benchmark takes from a report of Lighthouse. */

/** In the order of the tables. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];

/** An audit that took points off a category. */
export interface Loss {
  readonly category: Category;
  readonly audit: string;
  /** What it saw, in Lighthouse's words: `1.9 s`; empty where it says nothing more. */
  readonly seen: string;
}

export interface PageResult {
  /** From 0 to 100. */
  readonly scores: Readonly<Record<Category, number>>;
  /** Largest contentful paint, in ms. */
  readonly lcpMs: number;
  readonly losses: readonly Loss[];
}

interface Audit {
  readonly id: string;
  readonly score: number | null;
  readonly numericValue?: number;
  readonly displayValue?: string;
}

interface Report {
  readonly runtimeError?: { readonly code: string; readonly message: string };
  readonly audits: Readonly<Record<string, Audit>>;
  readonly categories: Readonly<
    Record<
      Category,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
}

/** @param json of `lighthouse --output=json` @throws when Lighthouse could not judge the page */
export function readResult(json: string): PageResult {
  const report = JSON.parse(json) as Report;
  if (report.runtimeError !== undefined) {
    const { code, message } = report.runtimeError;
    throw new Error(`Lighthouse could not judge the page: ${code}: ${message}`);
  }
  const scoreOf = (category: Category): number => {
    const { score } = report.categories[category];
    if (score === null) throw new Error(`Lighthouse gave no score for ${category}.`);
    return Math.round(score * 100);
  };
  const lcpMs = report.audits['largest-contentful-paint']?.numericValue;
  if (lcpMs === undefined) throw new Error('Lighthouse saw no largest contentful paint.');
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, scoreOf(category)]));
  return {
    scores: scores as Record<Category, number>,
    lcpMs,
    losses: CATEGORIES.flatMap((category) => lossesIn(category, report)),
  };
}

function lossesIn(category: Category, { audits, categories }: Report): Loss[] {
  return categories[category].auditRefs.flatMap(({ id, weight }) => {
    const audit = audits[id];
    if (weight === 0 || audit === undefined || audit.score === null || audit.score >= 1) return [];
    return [{ category, audit: id, seen: audit.displayValue?.replaceAll('\u00a0', ' ') ?? '' }];
  });
}
