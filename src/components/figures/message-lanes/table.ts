/** The picture as a table: everything that happened, in order; and what there is to say of it. */

import { faultSentence } from '#faas/schedules/fault-schedule.ts';
import type { MessageStory } from '#faas/schedules/message-story.ts';
import { momentInWords } from '#faas/schedules/story-lines.ts';
import { html, type Markup } from '#src/components/markup.ts';

export function messagesTable(story: MessageStory): Markup {
  const rows = story.moments.map((moment) => {
    const { event, happens } = momentInWords(story, moment);
    const effect = moment.hasEffect ? ' (an effect)' : '';
    return html`<tr><th scope="row">${moment.atS} s</th><td>${event}</td><td>${happens}${effect}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">What happens</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What goes wrong from outside, in a list. */
export function faultList({ schedule: { faults } }: MessageStory): Markup {
  if (faults.length === 0) return html`<p>Nothing goes wrong from outside.</p>`;
  return html`<ul>${faults.map((fault) => html`<li>${faultSentence(fault)}</li>`)}</ul>`;
}
