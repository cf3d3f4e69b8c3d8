/** All that is shown of one moment: both calls, the row between them, and what has happened. */

import { html, type Markup } from '#src/components/markup.ts';
import type { WriterScene } from './setup.ts';

export const WRITER_FRAME = {
  calls: ({ calls, posts }: WriterScene): Markup => {
    const [first, second] = calls.map(
      ({ who, lines }) =>
        html`<div class="writer"><b>${who}’s call</b><ol>${lines.map(
          ({ sql, isDone }) =>
            html`<li data-done="${isDone ? 'true' : 'false'}"><code>${sql}</code> <span>${isDone ? '✓ done' : 'to come'}</span></li>`,
        )}</ol></div>`,
    );
    return html`${first}<p class="row"><span>the row</span> <b>posts = ${posts}</b></p>${second}`;
  },
  said: ({ said }: WriterScene): Markup =>
    html`${said.map((sentence) => html`<li>${sentence}</li>`)}`,
  verdict: ({ verdict }: WriterScene): Markup => html`${verdict}`,
} as const;
