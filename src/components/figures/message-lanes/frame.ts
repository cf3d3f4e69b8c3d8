/** What the figure shows of a story: drawn by the build and by the page alike. */

import type { MessageStory } from '#faas/schedules/message-story.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { drawMessages, messagesSummary } from './draw.ts';
import { faultList, messagesTable } from './table.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const MESSAGE_FRAME = {
  faults: faultList,
  drawing: drawMessages,
  verdict: (story: MessageStory): Markup => html`${messagesSummary(story)}`,
  table: messagesTable,
} as const satisfies Record<string, (story: MessageStory) => Markup>;
