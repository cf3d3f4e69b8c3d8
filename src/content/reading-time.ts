/** How long a lesson takes to read, counted from its words. */

/** Technical English with tables, for many in their second language: 200 is a native reader of prose. */
const WORDS_PER_MINUTE = 150;

/** What is read of a question before it is answered. */
export interface AskedQuestion {
  readonly question: string;
  readonly options?: readonly { readonly text: string }[];
}

/**
 * In whole minutes, one at least.
 * @param body MDX without its frontmatter
 * @param questions those that its text asks
 */
export function readingMinutes(body: string, questions: readonly AskedQuestion[]): number {
  const asked = questions.flatMap(({ question, options = [] }) => [
    question,
    ...options.map(({ text }) => text),
  ]);
  const words = [proseOf(body), ...asked].reduce((sum, text) => sum + countWords(text), 0);
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}

/** What of a lesson is read at one go: its core, and after the stop sign what may be left out. */
export interface Sittings {
  readonly core: string;
  /** Empty when there is no stop sign. */
  readonly second: string;
}

/** @param body MDX without its frontmatter */
export function sittingsOf(body: string): Sittings {
  const at = body.search(/^<StopSign\b/m);
  return at === -1
    ? { core: body, second: '' }
    : { core: body.slice(0, at), second: body.slice(at) };
}

/** Whether a sitting asks the question with this id. */
export function asks(sitting: string, id: string): boolean {
  return new RegExp(`<Quiz\\s+id="${id}"`).test(sitting);
}

/** Names of the labs in a sitting: `shout` for `<Lab id="shout" />`. */
export function labsIn(sitting: string): string[] {
  const tags = sitting.matchAll(/<Lab\s+id="(?:[\w-]+\/)?([\w-]+)"/g);
  return [...tags].map(([, lab = '']) => lab);
}

/** A tag with its attributes, in which a quoted text may hold anything. */
const TAG = /<\/?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>/g;
/** What is optional, and says so. */
const OPTIONAL = /<Aside\s+kind="try"[\s\S]*?<\/Aside>|<Fold\b[\s\S]*?<\/Fold>/g;

/** What a reader reads of it: text, captions, questions and their options, but no code and no addresses. */
function proseOf(body: string): string {
  return body
    .replace(/^import .*$/gm, '')
    .replace(OPTIONAL, '')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(TAG, textOf)
    .replace(/\]\([^)]*\)/g, '] ');
}

function textOf(tag: string): string {
  const texts = tag.matchAll(/\b(?:caption|predict|question|title)="([^"]*)"/g);
  const options = /\boptions=\{\[([\s\S]*?)\]\}/.exec(tag)?.[1] ?? '';
  return [' ', ...[...texts].map(([, text]) => text), options].join(' ');
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,/-]*/gu)?.length ?? 0;
}
