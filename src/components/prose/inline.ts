/** One line of text from YAML or JSON with `code`, **strong** and *emphasis*, as in Markdown. */

import { Markup, escape } from '../markup.ts';

const MARKS = [
  [/`([^`]+)`/g, 'code'],
  [/\*\*([^*]+)\*\*/g, 'strong'],
  [/\*([^*\s](?:[^*]*[^*\s])?)\*/g, 'em'],
] as const;

/** The text as HTML; everything but the three marks is escaped. */
export function inline(text: string): Markup {
  // What stands in `code` is set aside first, so that its asterisks stay asterisks.
  const code: string[] = [];
  const [codeMark, ...others] = MARKS;
  let marked = escape(text).replace(codeMark[0], (_, inner: string) => {
    code.push(`<code>${inner}</code>`);
    return `\u0000${String(code.length - 1)}\u0000`;
  });
  for (const [mark, tag] of others) marked = marked.replace(mark, `<${tag}>$1</${tag}>`);
  return new Markup(
    marked.replace(/\u0000(\d+)\u0000/g, (_, index: string) => code[Number(index)] ?? ''),
  );
}
