/** The keys of a plot's lines, in a list with the class `legend`. */

import { html, type Markup } from '#src/components/markup.ts';

/** @param line class of the line, as the picture has it */
export function lineKey(line: string, name: string): Markup {
  return html`<li><svg width="24" height="10" aria-hidden="true"><path class="${line}" d="M0 5h24"/></svg>${name}</li>`;
}
