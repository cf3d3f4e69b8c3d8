/** Two calls that count in one row: what each of their statements does, in any order. */

export const WRITERS = ['Ada', 'Bea'] as const;
export type Writer = (typeof WRITERS)[number];

/** What the row says before. */
export const POSTS_BEFORE = 6;

/** One statement of a call. `read` is what this call has read before; null before it has. */
interface WriterStep {
  readonly sql: (read: number | null) => string;
  /** What the row says afterwards, and what the call has learned. */
  readonly run: (posts: number, read: number | null) => { posts: number; read: number };
  readonly says: (who: Writer, posts: number, read: number) => string;
}

/** How the two count. */
export const WRITER_FORMS = {
  two: {
    label: 'Read, then write',
    steps: [
      {
        sql: () => 'select posts from book',
        run: (posts) => ({ posts, read: posts }),
        says: (who, _posts, read) => `${who} reads ${read}.`,
      },
      {
        sql: (read) => `update book set posts = ${read === null ? '…' : read + 1}`,
        run: (_posts, read) => ({ posts: (read ?? 0) + 1, read: read ?? 0 }),
        says: (who, posts) => `${who} has added one, and writes ${posts}.`,
      },
    ],
  },
  one: {
    label: 'One statement',
    steps: [
      {
        sql: () => 'update book set posts = posts + 1 returning posts',
        run: (posts) => ({ posts: posts + 1, read: posts }),
        says: (who, posts, read) =>
          `The database finds ${read}, adds one, and tells ${who} ${posts}.`,
      },
    ],
  },
} as const satisfies Record<string, { label: string; steps: readonly WriterStep[] }>;

export type WriterForm = keyof typeof WRITER_FORMS;

/** A line of a call. */
export interface WriterLine {
  readonly sql: string;
  readonly isDone: boolean;
}

/** All that is shown at one moment. */
export interface WriterScene {
  readonly form: WriterForm;
  readonly posts: number;
  readonly calls: readonly { readonly who: Writer; readonly lines: readonly WriterLine[] }[];
  /** What has happened, a sentence a step. */
  readonly said: readonly string[];
  /** In a sentence, once both calls have ended; empty before. */
  readonly verdict: string;
}

/** The order in which the page shows it first: both read before either writes. */
export const FIRST_ORDER: readonly Writer[] = ['Ada', 'Bea', 'Ada', 'Bea'];

/** @param order who went on at each step; whoever has ended is passed over */
export function writerScene(form: WriterForm, order: readonly Writer[]): WriterScene {
  const steps: readonly WriterStep[] = WRITER_FORMS[form].steps;
  let posts = POSTS_BEFORE;
  const calls = WRITERS.map((who) => ({ who, done: 0, read: null as number | null }));
  const said: string[] = [];
  for (const who of order) {
    const call = calls[WRITERS.indexOf(who)];
    const step = call && steps[call.done];
    if (call === undefined || step === undefined) continue;
    const after = step.run(posts, call.read);
    [posts, call.read] = [after.posts, after.read];
    call.done += 1;
    said.push(step.says(who, posts, after.read));
  }
  const isOver = calls.every(({ done }) => done === steps.length);
  return {
    form,
    posts,
    calls: calls.map(({ who, done, read }) => ({
      who,
      lines: steps.map(({ sql }, index) => ({ sql: sql(read), isDone: index < done })),
    })),
    said,
    verdict: isOver ? verdictOf(posts) : '',
  };
}

function verdictOf(posts: number): string {
  return posts === POSTS_BEFORE + WRITERS.length
    ? `Two posts, and the row went from ${POSTS_BEFORE} to ${posts}. Both are counted.`
    : `Two posts, and the row went from ${POSTS_BEFORE} to ${posts}. One of them is not counted, and nobody was told.`;
}
