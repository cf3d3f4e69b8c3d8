/** The log as a list, each line with its time and the id of its call. */

import { html, type Markup } from '#src/components/markup.ts';
import type { LoggedLine } from './setup.ts';

export function drawLog(lines: readonly LoggedLine[]): Markup {
  return html`${lines.map(
    ({ atMs, call, text }) => html`<li>${(atMs / 1000).toFixed(3)} <b>${call}</b> <i>${text}</i>`,
  )}`;
}
