/** The picture as a table: everything that happened, in order; and what there is to say of it. */

import { faultSentence } from '#faas/schedules/fault-schedule.ts';
import type { MessageStory } from '#faas/schedules/message-story.ts';
import { whoTells } from '#faas/schedules/story-lines.ts';
import { html, type Markup } from '#src/components/markup.ts';

export function messagesTable({ moments, events, deliveries }: MessageStory): Markup {
  const rows = moments.map((moment) => {
    const { id, source } = events[moment.message - 1] ?? { id: '', source: '' };
    const consumer = deliveries[(moment.delivery ?? 0) - 1]?.consumer;
    const effect = moment.hasEffect ? ' (an effect)' : '';
    return html`<tr><th scope="row">${moment.atS} s</th><td>${id} of ${source}</td><td>${whoTells(moment, consumer)}${moment.says}${effect}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Time</th><th scope="col">Event</th><th scope="col">What happens</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What goes wrong from outside, in a list. */
export function faultList({ schedule: { faults } }: MessageStory): Markup {
  if (faults.length === 0) return html`<p>Nothing goes wrong from outside.</p>`;
  return html`<ul>${faults.map((fault) => html`<li>${faultSentence(fault)}</li>`)}</ul>`;
}
