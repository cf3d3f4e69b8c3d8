/** Source code as highlighted HTML. The only module that calls Shiki; it runs at build, never in the page. */

import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';
import { lineNumbersOf, type LineNotes } from './line-notes.ts';
import { codeTokens } from './tokens.ts';

export type CodeLanguage = 'ts' | 'python';

/** Named as Astro names it, so that `code.css` holds for the code in a lesson's text as well. */
const THEME = createCssVariablesTheme({ name: 'css-variables', variablePrefix: '--astro-code-' });

let highlighter: Promise<Highlighter> | undefined;

/**
 * A `pre` with a `.line` for each line.
 * @param notes lines to mark with the number of their note: `data-note="1"` @default none
 * @throws RangeError as `lineNumbersOf`
 */
export async function highlight(
  code: string,
  language: CodeLanguage,
  notes: LineNotes = {},
): Promise<string> {
  highlighter ??= createHighlighter({ themes: [THEME], langs: ['ts', 'python'] });
  const marked = lineNumbersOf(code, notes);
  return (await highlighter).codeToHtml(code, {
    lang: language,
    theme: 'css-variables',
    transformers: [
      codeTokens,
      {
        name: 'course-code',
        pre({ properties }) {
          properties['class'] = 'astro-code css-variables';
          properties['data-language'] = language;
        },
        line({ properties }, line) {
          const note = marked.indexOf(line) + 1;
          if (note > 0) properties['data-note'] = note;
        },
      },
    ],
  });
}
